using Microsoft.AspNetCore.Http;

namespace TrueUp.Server.Security;

/// <summary>Where the server listens.</summary>
internal sealed class BoundAddresses(IReadOnlyList<BindingAddress> addresses)
{
    /// <summary>The addresses as they were asked for.</summary>
    public IReadOnlyList<BindingAddress> All { get; } = addresses;

    /// <summary>Whether only the machine itself reaches the server.</summary>
    public bool AreLoopback { get; } = addresses.All(BindingRules.IsLoopback);
}
