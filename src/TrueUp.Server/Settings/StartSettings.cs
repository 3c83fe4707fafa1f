namespace TrueUp.Server.Settings;

/// <summary>What <c>trueup.yaml</c> says about starting: it takes effect with the next start.</summary>
public sealed record StartSettings
{
    /// <summary>Where to listen: URLs with <c>;</c> between them.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The server's name, or null for the machine's with the process's number.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a proxy in front of the server ends TLS, and its forwarding headers are believed.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Addresses of proxies that are believed, besides those of the machine itself.</summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>Names the server goes by, besides its addresses, the machine's name and those it listens at.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether everybody may read the metrics, as long as only the machine itself can ask.</summary>
    public bool AnonymousMetrics { get; init; }

    /// <summary>The absolute path of the certificate (PEM, with its chain), or null for none.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>The absolute path of the certificate's private key (PEM, mode 600), or null for none.</summary>
    public string? TlsKey { get; init; }

    /// <summary>
    /// The control database: Npgsql keywords or a <c>postgres://</c> URL; null for a file in the home. A secret.
    /// </summary>
    public string? ControlDatabase { get; init; }

    /// <summary>The absolute path of the folder of pipeline files, or null for <c>pipelines</c> in the home.</summary>
    public string? Pipelines { get; init; }

    /// <summary>Who reaches the server.</summary>
    public SecuritySettings Security =>
        new()
        {
            Certificate = TlsCertificate,
            CertificateKey = TlsKey,
            BehindProxy = BehindProxy,
            KnownProxies = KnownProxies,
            AllowedHosts = AllowedHosts,
            AnonymousMetrics = AnonymousMetrics,
        };
}
