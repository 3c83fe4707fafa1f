namespace TrueUp.Server.Health;

/// <summary>Looks at one thing a server needs.</summary>
internal interface IProbe
{
    /// <summary>What it is called in <c>/health</c>: snake_case.</summary>
    string Name { get; }

    /// <summary>Whether the server cannot work without it; otherwise it only does not work fully.</summary>
    bool IsVital { get; }

    /// <summary>Looks. May throw: that is unhealthy.</summary>
    ValueTask<ProbeResult> CheckAsync(CancellationToken cancellationToken);
}
