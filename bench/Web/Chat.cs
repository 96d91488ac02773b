using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace ServerlessChat.Bench.Web;

/// <summary>The chat's API, as far as it is needed to fill it.</summary>
internal sealed class Chat(Uri address)
{
    private const string Password = "saffron rice 7";

    public Uri Address { get; } = address;

    /// <summary>Registers somebody new and logs in.</summary>
    public async Task<Person> JoinAsync(string username)
    {
        var client = new HttpClient { BaseAddress = Address };
        await PostAsync(client, "/chat/register/", new { username, password1 = Password, password2 = Password });
        JsonElement session = await PostAsync(client, "/chat/login/", new { username, password = Password });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        return new Person(client, username);
    }

    /// <summary>A page of somebody who logs in on it.</summary>
    public async Task<IPage> OpenAsync(IBrowser browser, Person person, BrowserNewContextOptions options)
    {
        options.BaseURL = Address.AbsoluteUri;
        IBrowserContext context = await browser.NewContextAsync(options);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.Locator("[name=username]").FillAsync(person.Username);
        await page.Locator("[name=password]").FillAsync(Password);
        await page.Locator("[name=password]").PressAsync("Enter");
        await page.Locator(".shell").WaitForAsync();
        return page;
    }

    public static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text.Length > 0 ? JsonElement.Parse(text) : default
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }
}

/// <param name="Client">Signed in.</param>
internal sealed record Person(HttpClient Client, string Username)
{
    public Task CreateAsync(string name, string slug, string type = "public") => Chat.PostAsync(Client, "/chat/create_group/", new { group_name = name, slug, type });

    public Task SayAsync(string slug, string message) => Chat.PostAsync(Client, $"/chat/group/{slug}/", new { message });

    public Task WriteToAsync(Person other, string message) => Chat.PostAsync(Client, $"/chat/private/{other.Username}/", new { message });

    public Task ReadAsync(string slug, int id) => Chat.PostAsync(Client, $"/chat/group/{slug}/read/", new { id });
}
