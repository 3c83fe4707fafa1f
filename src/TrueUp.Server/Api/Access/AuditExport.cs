using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary>The whole trail as JSON lines, oldest first, sent as it is read.</summary>
internal sealed class AuditExport(AdminTrail trail) : IResult
{
    /// <summary>What it is sent as.</summary>
    public const string Type = "application/jsonl";

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        httpContext.Response.ContentType = Type + "; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"trueup-audit.jsonl\"";
        await foreach (var entry in trail.ExportAsync(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(
                httpContext.Response.Body,
                AuditEntryBody.Of(entry),
                json,
                cancellationToken
            );
            await httpContext.Response.Body.WriteAsync(LineEnd, cancellationToken);
        }
    }
}
