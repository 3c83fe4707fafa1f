using Microsoft.AspNetCore.Authorization;

namespace TrueUp.Server.Security;

/// <summary>Somebody who may read metrics.</summary>
internal sealed class MetricsRequirement : IAuthorizationRequirement;
