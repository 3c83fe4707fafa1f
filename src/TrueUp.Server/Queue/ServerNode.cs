using System.Globalization;
using System.Security.Cryptography;

namespace TrueUp.Server.Queue;

/// <summary>This server among those of its control database.</summary>
internal sealed class ServerNode
{
    public ServerNode(ServerOptions options)
    {
        Name =
            options.Node
            ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");
        // A server that starts again is another one: what the one before it held is not its own.
        Id = $"{Name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        Version = options.Version;
        StartedAt = options.Clock.GetUtcNow();
    }

    /// <summary>Its identifier, new with each start.</summary>
    public string Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The program's version.</summary>
    public string Version { get; }

    /// <summary>When it started (UTC).</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Where it listens, once it does.</summary>
    public string? Url { get; set; }
}
