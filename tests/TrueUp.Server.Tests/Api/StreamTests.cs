using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Api.Jobs;
using TrueUp.Server.Queue;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Api;

/// <summary>Progress as server-sent events.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task A_stream_without_news_is_kept_open_by_comments_and_ends_with_the_job()
    {
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var memory = await MemoryServer.StartAsync(
            step: async (_, token) =>
            {
                begun.TrySetResult();
                await goesOn.Task.WaitAsync(token);
            }
        );
        var job = await memory.EnqueueAsync();
        await memory.UntilAsync(() => Task.FromResult(begun.Task.IsCompleted), Dispatcher.Pace);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sync-admin/jobs/{job}/progress/stream");

        using var response = await memory.Server.Viewer.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            memory.Cancel
        );
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(memory.Cancel));

        (await LineAsync(memory, lines, "event: ")).ShouldBe("event: progress");
        (await LineAsync(memory, lines, ": ")).ShouldBe(": still here");
        goesOn.SetResult();
        (await LineAsync(memory, lines, "event: end")).ShouldBe("event: end");
        (await LineAsync(memory, lines, null)).ShouldBeNull();
    }

    [Fact]
    public async Task More_streams_than_the_server_bears_are_refused()
    {
        await using var memory = await MemoryServer.StartAsync();
        var limit = memory.Server.Services.GetRequiredService<StreamLimit>();
        while (limit.TryEnter()) { }
        var job = await memory.EnqueueAsync();
        var path = $"/api/v1/sync-admin/jobs/{job}/progress/stream";

        using (var refused = await memory.Server.Viewer.GetAsync(path, memory.Cancel))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            (await refused.CodeAsync()).ShouldBe("too_many_streams");
        }
        limit.Open.ShouldBe(StreamLimit.Max);

        limit.Leave();
        await memory.EndAsync(job);
        using var accepted = await memory.Server.Viewer.GetAsync(path, memory.Cancel);
        (await accepted.Content.ReadAsStringAsync(memory.Cancel)).ShouldContain("event: end");
        limit.Open.ShouldBe(StreamLimit.Max - 1);
    }

    /// <summary>
    /// The next line that begins so, while time passes; without a beginning, what comes after all lines.
    /// </summary>
    private static async Task<string?> LineAsync(MemoryServer memory, StreamReader lines, string? start)
    {
        while (true)
        {
            var line = lines.ReadLineAsync(memory.Cancel).AsTask();
            await memory.UntilAsync(() => Task.FromResult(line.IsCompleted), Dispatcher.Pace);
            if (await line is not { } text || (start is not null && text.StartsWith(start, StringComparison.Ordinal)))
            {
                return await line;
            }
        }
    }
}
