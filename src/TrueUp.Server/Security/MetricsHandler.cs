using Microsoft.AspNetCore.Authorization;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Security;

/// <summary>Decides who may read metrics.</summary>
internal sealed class MetricsHandler(BoundAddresses addresses, SecuritySettings security)
    : AuthorizationHandler<MetricsRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, MetricsRequirement requirement)
    {
        // Behind a proxy everybody seems to ask from the machine itself.
        var isOpen = security is { AnonymousMetrics: true, BehindProxy: false } && addresses.AreLoopback;
        // Metrics name every pipeline: a caller who may see only some of them gets none.
        if (isOpen || Caller.Of(context.User) is var caller && caller.Is(Roles.Viewer) && caller.Pipelines is null)
        {
            context.Succeed(requirement);
        }
        return Task.CompletedTask;
    }
}
