using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Api.Receipts;

/// <summary>A receipt's file, byte by byte as it was signed.</summary>
/// <param name="path">Its absolute path.</param>
internal sealed class ReceiptFile(string path) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.ContentType = "application/json";
        await httpContext.Response.SendFileAsync(path, httpContext.RequestAborted);
    }
}
