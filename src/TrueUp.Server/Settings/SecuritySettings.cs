namespace TrueUp.Server.Settings;

/// <summary>Who reaches the server. Takes effect with a start.</summary>
public sealed record SecuritySettings
{
    /// <summary>
    /// The certificate for https addresses and those who signed it, a PEM file; null to listen without TLS.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>The certificate's private key, a PEM file that nobody else can read.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>
    /// Whether a reverse proxy stands before the server, which does the TLS and says for whom it asks
    /// (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>).
    /// </summary>
    public bool BehindProxy { get; init; }

    /// <summary>Addresses of proxies that are believed, besides those of the machine itself.</summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>
    /// Names by which clients may call the server, besides its addresses, the machine's name and those it listens at.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether metrics are given to everybody, as long as only the machine itself can ask.</summary>
    public bool AnonymousMetrics { get; init; }

    /// <summary>How long a login lasts.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Connections at the same time.</summary>
    public int ConnectionsMax { get; init; } = 1000;
}
