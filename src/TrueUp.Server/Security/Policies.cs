using Microsoft.AspNetCore.Authorization;

namespace TrueUp.Server.Security;

/// <summary>
/// What endpoints ask of their callers: one policy for each of <see cref="Roles"/>, named like it, and those here. An
/// endpoint that names none is for whoever proved who they are; only <c>AllowAnonymous</c> opens one to everybody.
/// </summary>
internal static class Policies
{
    /// <summary>A viewer; everybody, where the settings say so and only the machine itself can ask.</summary>
    public const string Metrics = "metrics";

    /// <summary>Adds the policies.</summary>
    public static void Add(AuthorizationOptions options)
    {
        for (var i = 0; i < Roles.All.Length; i++)
        {
            var allowed = Roles.All[i..];
            options.AddPolicy(Roles.All[i], policy => policy.RequireRole(allowed));
        }
        options.AddPolicy(Metrics, policy => policy.AddRequirements(new MetricsRequirement()));
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireRole(Roles.All).Build();
        options.DefaultPolicy = options.FallbackPolicy;
    }
}
