using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;

namespace TrueUp.Cli.Remote;

/// <summary>
/// Talks to a server's API. What it answers is handed on as it is, but for states, which are in lower case on the
/// command line.
/// </summary>
internal sealed class ServerClient : IDisposable
{
    private const int AnswerBytesMax = 64 << 20;

    private readonly HttpClient _http;

    private ServerClient(Uri url, string? key)
    {
        _http = new HttpClient
        {
            BaseAddress = new Uri(url, "/api/v1/"),
            Timeout = TimeSpan.FromSeconds(100),
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>A client for the server and the key a command line names.</summary>
    /// <exception cref="ServerException">They cannot be used.</exception>
    public static ServerClient Of(Invocation invocation)
    {
        var url = ServerOptions.UrlOf(invocation) ?? ServerOptions.UrlDefault;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ServerException(
                ExitCodes.Usage,
                new ErrorBody("bad_server", $"{url} is no server's address.", "Write http://127.0.0.1:8080.")
            );
        }
        return new ServerClient(address, KeyOf(invocation));
    }

    /// <summary>Reads a resource.</summary>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Changes something.</summary>
    /// <param name="method">How.</param>
    /// <param name="path">What, below <c>/api/v1/</c>.</param>
    /// <param name="body">With what, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ServerException">The server refused, or there is none.</exception>
    public async Task<JsonElement> SendAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? Answer(response.StatusCode, text)
                : throw Refusal(response.StatusCode, text);
        }
        catch (HttpRequestException error)
        {
            throw new ServerException(
                ExitCodes.Environment,
                new ErrorBody(
                    "server_unreachable",
                    $"No server answers at {_http.BaseAddress!.GetLeftPart(UriPartial.Authority)}: {error.Message}",
                    "Start one with `trueup serve`, or name another with --server."
                )
            );
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerException(
                ExitCodes.Environment,
                new ErrorBody("server_timeout", "The server did not answer in time.", "See its log and /health.")
            );
        }
    }

    /// <summary>A text as one part of a path.</summary>
    /// <exception cref="ServerException">It would lead to another address.</exception>
    public static string Segment(string text) =>
        text is "" or "." or ".."
            ? throw new ServerException(
                ExitCodes.Usage,
                new ErrorBody("bad_name", $"'{text}' names nothing on a server.", "Give the name or the identifier.")
            )
            : Uri.EscapeDataString(text);

    /// <summary>A query of the filters that are set; empty when none is.</summary>
    public static string Query(params IReadOnlyList<(string Name, string? Value)> filters)
    {
        var set = filters.Where(filter => filter.Value is not null).ToList();
        return set.Count == 0
            ? ""
            : "?" + string.Join('&', set.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value!)}"));
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string? KeyOf(Invocation invocation) =>
        invocation.Get(ServerOptions.KeyFile) is { } file
            ? File.ReadAllText(file).Trim()
            : Environment.GetEnvironmentVariable("TRUEUP_KEY");

    private static JsonElement Answer(HttpStatusCode status, string text)
    {
        try
        {
            var answer = text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject;
            return answer is null ? throw Stranger(status) : StateNames.InLowerCase(answer);
        }
        catch (JsonException)
        {
            throw Stranger(status);
        }
    }

    private static ServerException Stranger(HttpStatusCode status) =>
        ServerException.Stranger($"The server answered {(int)status}, not as TrueUp does.");

    private static ServerException Refusal(HttpStatusCode status, string text)
    {
        var exitCode = status switch
        {
            HttpStatusCode.Conflict => ExitCodes.NotProven,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCodes.Environment,
            >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests => ExitCodes.Environment,
            _ => ExitCodes.Usage,
        };
        try
        {
            using var document = JsonDocument.Parse(text);
            var problem = document.RootElement;
            return new ServerException(
                exitCode,
                new ErrorBody(
                    Text(problem, "code") ?? "server_refused",
                    Text(problem, "detail") ?? Text(problem, "title") ?? $"The server answered {(int)status}.",
                    Suggestion(status, Text(problem, "suggestion"))
                )
                {
                    Findings = Findings(problem),
                }
            );
        }
        catch (JsonException)
        {
            return Stranger(status);
        }
    }

    // What the server says of a key is for those who write requests.
    private static string Suggestion(HttpStatusCode status, string? said) =>
        status == HttpStatusCode.Unauthorized
            ? "Put a key into $TRUEUP_KEY or name its file with --key-file; `trueup key create` makes one."
            : said ?? "See the server's log.";

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static List<FindingBody> Findings(JsonElement problem) =>
        problem.ValueKind == JsonValueKind.Object
        && problem.TryGetProperty("findings", out var findings)
        && findings.ValueKind == JsonValueKind.Array
            ?
            [
                .. findings
                    .EnumerateArray()
                    .Select(f => f.Deserialize(CliJson.Shared.FindingBody))
                    .OfType<FindingBody>(),
            ]
            : [];
}
