using System.Net;

// One route, no logs, no settings: the least that an ASP.NET Core app is.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, builder.Configuration.GetValue<int>("FUNCTIONS_CUSTOMHANDLER_PORT")));
WebApplication app = builder.Build();
app.MapGet("/", () => "up");
app.Run();
