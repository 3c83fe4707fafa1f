using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TrueUp.Server.Api.Conventions;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Jobs;

/// <summary>
/// A job's progress as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Ends with
/// the job, when the client leaves, and when the server stops. Whoever makes one has entered <see cref="StreamLimit"/>.
/// </summary>
internal sealed class ProgressStream(Job first) : IResult
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var services = httpContext.RequestServices;
        var limit = services.GetRequiredService<StreamLimit>();
        try
        {
            httpContext.Response.ContentType = "text/event-stream";
            httpContext.Response.Headers.CacheControl = "no-store";
            // Proxies that buffer would hold the events back.
            httpContext.Response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            if (HeadRequests.IsHead(httpContext))
            {
                return;
            }
            var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            await WriteAsync(httpContext.Response, services, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left or the server stops: to the stream that is the same, and no error.
            await Task.CompletedTask;
        }
        finally
        {
            limit.Leave();
        }
    }

    private async Task WriteAsync(HttpResponse response, IServiceProvider services, CancellationToken cancellationToken)
    {
        var home = services.GetRequiredService<TrueUpHome>();
        var clock = services.GetRequiredService<TimeProvider>();
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        using var timer = new PeriodicTimer(Look, clock);
        var job = first;
        ProgressEvent? told = null;
        var number = 0;
        var toldAt = clock.GetTimestamp();
        while (true)
        {
            var now = ProgressEvent.Of(job);
            if (now != told)
            {
                var name = now.IsLast() ? "end" : "progress";
                var data = JsonSerializer.Serialize(now, json);
                await SendAsync(response, $"id: {++number}\nevent: {name}\ndata: {data}\n\n", cancellationToken);
                (told, toldAt) = (now, clock.GetTimestamp());
            }
            else if (clock.GetElapsedTime(toldAt) >= Heartbeat)
            {
                await SendAsync(response, ": still here\n\n", cancellationToken);
                toldAt = clock.GetTimestamp();
            }
            if (now.IsLast())
            {
                return;
            }
            await timer.WaitForNextTickAsync(cancellationToken);
            // A job that was cleaned away meanwhile has ended too.
            if (await home.Queue.FindAsync(job.Id, cancellationToken) is not { } next)
            {
                return;
            }
            job = next;
        }
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
