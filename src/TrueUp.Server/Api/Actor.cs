using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Api;

/// <summary>Who asks.</summary>
internal static class Actor
{
    /// <summary>The caller's name as its credentials give it.</summary>
    public static string Of(HttpContext context) => context.User.Identity?.Name ?? "unknown";
}
