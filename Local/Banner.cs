namespace ServerlessChat.Local;

/// <summary>What to open and what to try.</summary>
internal static class Banner
{
    public static void Write(LocalOptions options) => Console.WriteLine($"""

        Function app   {options.Functions}/  log: {Path.Combine(options.LogDirectory, "functions.log")}
        Web PubSub     {options.WebPubSub}/  {(options.HasEmulator ? "the emulator; open it to watch" : "of WebPubSub__ConnectionString")}
        Table Storage  {(options.HasAzurite ? $"{options.Tables}/  data: {Path.Combine(options.DataDirectory, "azurite")}" : "of Tables__ConnectionString")}

        Open the address below in a browser, or try it:
          curl -s {options.Gateway}/chat/register/ -d username=sara -d password1=salam-donya-42 -d password2=salam-donya-42
          TOKEN=$(curl -s {options.Gateway}/chat/login/ -d username=sara -d password=salam-donya-42 | sed 's/.*"token":"\([^"]*\)".*/\1/')
          curl -s {options.Gateway}/chat/create_group/ -H "Authorization: Bearer $TOKEN" -d group_name=Friends -d slug=friends -d type=public
          npx -y wscat -c "ws://localhost:{options.GatewayPort}/ws/chat/friends/?token=$TOKEN"

        Ctrl-C ends it; the data stays.
        Ready: {options.Gateway}/
        """);
}
