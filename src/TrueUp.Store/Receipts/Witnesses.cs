using System.Text;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;

namespace TrueUp.Store.Receipts;

/// <summary>
/// Tells witnesses of receipts: a file gets a line, a webhook the same object. A few tries, each with a time limit;
/// what does not work is said and never stops a sync. Messages name a webhook's host only, its path may be a secret.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="pause">Between tries; the second pause is twice as long.</param>
internal sealed class Witnesses(TimeProvider clock, TimeSpan pause) : IDisposable
{
    private const int Tries = 3;
    private static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(5);

    private readonly Lazy<HttpClient> _client = new(() =>
        new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    );

    /// <summary>Tells every witness of a pipeline; returns why one could not be told, or null.</summary>
    public async Task<string?> TellAsync(
        WitnessDefinition witness,
        WitnessRecord record,
        CancellationToken cancellationToken
    )
    {
        var problems = new List<string>();
        var line = record.ToJson();
        if (witness.File is { } file)
        {
            await TryAsync($"{file}", token => AppendAsync(file, line, token), problems, cancellationToken);
        }
        if (witness.Webhook is { } webhook)
        {
            // A pipeline that was not read from a file was not checked either.
            if (Uri.TryCreate(webhook, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            {
                await TryAsync(address.Host, token => PostAsync(address, line, token), problems, cancellationToken);
            }
            else
            {
                problems.Add("the webhook's address is no https address");
            }
        }
        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private async Task TryAsync(
        string place,
        Func<CancellationToken, Task<string?>> tell,
        List<string> problems,
        CancellationToken cancellationToken
    )
    {
        var problem = "";
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            using var limit = new CancellationTokenSource(TryLimit, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                if (await tell(both.Token) is not { } refused)
                {
                    return;
                }
                // It answered, and would answer the same again.
                problems.Add($"{place}: {refused}");
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                problem = $"no answer within {TryLimit.TotalSeconds:0} s";
            }
            catch (Exception error)
                when (error
                        is IOException
                            or HttpRequestException
                            or UnauthorizedAccessException
                            or ArgumentException
                            or NotSupportedException
                )
            {
                problem = error is HttpRequestException http ? $"{http.HttpRequestError}" : error.Message;
            }
            if (attempt < Tries)
            {
                await Task.Delay(pause * attempt, clock, cancellationToken);
            }
        }
        problems.Add($"{place}: {problem}");
    }

    // Nobody else may write between the seek to the end and the write, so the file is held alone.
    private static async Task<string?> AppendAsync(string path, string line, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None);
        await file.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
        file.Flush(flushToDisk: true);
        return null;
    }

    private async Task<string?> PostAsync(Uri address, string line, CancellationToken cancellationToken)
    {
        using var content = new StringContent(line, Encoding.UTF8, "application/json");
        using var answer = await _client.Value.PostAsync(address, content, cancellationToken);
        if ((int)answer.StatusCode >= 500 || answer.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
        {
            throw new IOException($"it answered {(int)answer.StatusCode}");
        }
        return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
    }
}
