using System.Net.Http.Json;
using System.Text.Json;

namespace TrueUp.Server.Tests.Testing;

/// <summary>Requests with a JSON body, and answers read as JSON.</summary>
internal static class Json
{
    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, object body) =>
        client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> PutAsync(this HttpClient client, string path, object body) =>
        client.PutAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    /// <summary>What a problem says it is.</summary>
    public static async Task<string> CodeAsync(this HttpResponseMessage response) =>
        (await response.ReadAsync()).GetProperty("code").GetString()!;
}
