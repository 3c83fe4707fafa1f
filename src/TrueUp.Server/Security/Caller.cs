using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Security;

/// <summary>
/// Who sends a request, and what they may see. An endpoint takes it as a parameter; what a caller may not see is to it
/// as if it were not there (404), so that names cannot be probed.
/// </summary>
/// <param name="Name">As it is recorded: <c>key:NAME</c> or <c>user:NAME</c>.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Pipelines">The only pipelines they may see and touch; null for all.</param>
internal sealed record Caller(string Name, string Role, IReadOnlySet<string>? Pipelines)
{
    /// <summary>Somebody who gave no proof of who they are; reaches only what is open to everybody.</summary>
    public static readonly Caller Nobody = new("nobody", "", new HashSet<string>());

    private const string PipelineClaim = "trueup:pipeline";
    private const string ScopedClaim = "trueup:scoped";

    /// <summary>Whether a pipeline and everything that belongs to it exists as far as they are concerned.</summary>
    public bool MaySee(string pipeline) => Pipelines?.Contains(pipeline) ?? true;

    /// <summary>Whether they may do what a role may.</summary>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    public bool Is(string role) => Array.IndexOf(Roles.All, Role) >= Array.IndexOf(Roles.All, role);

    /// <summary>Who sends this request.</summary>
    public static Caller Of(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Identity is not ClaimsIdentity { IsAuthenticated: true, Name: { } name } identity)
        {
            return Nobody;
        }
        var pipelines = identity.HasClaim(claim => claim.Type == ScopedClaim)
            ? identity.FindAll(PipelineClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal)
            : null;
        return new Caller(name, identity.FindFirst(ClaimTypes.Role)?.Value ?? "", pipelines);
    }

    /// <summary>Lets endpoints take it as a parameter.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(Of(context.User));
    }

    /// <summary>The caller as ASP.NET carries it.</summary>
    /// <param name="scheme">How they proved who they are.</param>
    public ClaimsIdentity ToIdentity(string scheme)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, Name));
        identity.AddClaim(new Claim(ClaimTypes.Role, Role));
        if (Pipelines is not null)
        {
            // Said apart from the names: a list without names is no list of all.
            identity.AddClaim(new Claim(ScopedClaim, "true"));
            identity.AddClaims(Pipelines.Select(pipeline => new Claim(PipelineClaim, pipeline)));
        }
        return identity;
    }
}
