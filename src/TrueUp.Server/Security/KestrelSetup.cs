using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Settings;
using TrueUp.Sides;

namespace TrueUp.Server.Security;

/// <summary>What the network may ask of the server, and TLS.</summary>
internal static class KestrelSetup
{
    private const int HeaderBytesMax = 16 * 1024;
    private const int HeadersMax = 64;

    /// <exception cref="SideException"><c>tls_invalid</c>: the certificate or its key cannot be used.</exception>
    public static void Configure(IWebHostBuilder host, SecuritySettings security)
    {
        host.ConfigureServices(services =>
            services.AddOptions<KestrelServerOptions>().Configure(options => Limit(options, security))
        );
        if (security is not { Certificate: { } file, CertificateKey: { } keyFile })
        {
            return;
        }
        var (certificate, chain) = Load(file, keyFile);
        host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(options =>
            options.ConfigureHttpsDefaults(https =>
            {
                https.ServerCertificate = certificate;
                https.ServerCertificateChain = chain;
            })
        );
    }

    private static void Limit(KestrelServerOptions options, SecuritySettings security)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        options.Limits.MaxRequestHeaderCount = HeadersMax;
        options.Limits.MaxConcurrentConnections = security.ConnectionsMax;
        options.Limits.MaxConcurrentUpgradedConnections = security.ConnectionsMax;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load(string file, string keyFile)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            return (X509Certificate2.CreateFromPemFile(file, keyFile), chain);
        }
        catch (Exception error)
            when (error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new SideException(
                ErrorType.Validation,
                $"The certificate {Path.GetFileName(file)} cannot be used with the key {Path.GetFileName(keyFile)}.",
                "See that both are PEM files, belong together, and can be read by the server.",
                error
            )
            {
                Code = "tls_invalid",
            };
        }
    }
}
