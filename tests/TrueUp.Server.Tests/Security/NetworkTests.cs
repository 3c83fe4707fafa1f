using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Security;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Access;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Security;

/// <summary>What lies between a client and the server: TLS with a certificate of its own, and proxies.</summary>
public sealed class NetworkTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_trusts_the_certificate_reaches_the_server_and_gets_a_cookie_for_tls_only()
    {
        using var certificate = WriteCertificate();
        await using var app = await StartAsync("tls/server.pem", "tls/server.key");
        await AddUserAsync(app.Services.GetRequiredService<TrueUpHome>(), app.Services);
        using var client = Client(app, certificate);

        using var response = await client.PostAsync("/api/v1/auth/login", new { name = "ada", password = Password });

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Set-Cookie").Single().ShouldContain("; secure; samesite=strict; httponly");
        await app.StopAsync(Cancel);
    }

    [Fact]
    public async Task Who_does_not_trust_the_certificate_or_speaks_an_old_protocol_gets_no_answer()
    {
        using var certificate = WriteCertificate();
        await using var app = await StartAsync("tls/server.pem", "tls/server.key");

        using var stranger = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Should.ThrowAsync<HttpRequestException>(() => stranger.GetAsync("/health/live", Cancel));
        var address = new Uri(app.Urls.First());
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port, Cancel);
        await using var old = new SslStream(tcp.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = address.Host,
#pragma warning disable CA5397, SYSLIB0039 // That the server refuses it is what is asked.
            EnabledSslProtocols = SslProtocols.Tls11,
#pragma warning restore CA5397, SYSLIB0039
        };
        await Should.ThrowAsync<AuthenticationException>(() => old.AuthenticateAsClientAsync(options, Cancel));
        await app.StopAsync(Cancel);
    }

    [Theory]
    [InlineData("tls/server.pem", "tls/other.key", "cannot be used with the key other.key")]
    [InlineData("tls/server.key", "tls/server.key", "cannot be used with the key server.key")]
    public void A_certificate_that_cannot_be_used_is_refused_at_the_start(string certificate, string key, string why)
    {
        using var _ = WriteCertificate();
        using (var other = ECDsa.Create())
        {
            WriteKey("tls/other.key", other);
        }

        var error = Should.Throw<SideException>(() => Build(certificate, key));

        error.Code.ShouldBe("tls_invalid");
        error.Message.ShouldContain(why);
        error.Message.ShouldNotContain("PRIVATE");
    }

    [Theory]
    [InlineData("", "192.0.2.1", false)]
    [InlineData("server: {behind_proxy: true}\n", "192.0.2.1", false)]
    [InlineData("server: {behind_proxy: true}\n", "127.0.0.1", true)]
    [InlineData("server: {behind_proxy: true, known_proxies: [192.0.2.1]}\n", "192.0.2.1", true)]
    public async Task Only_a_known_proxy_is_believed_where_a_request_comes_from(
        string settings,
        string sender,
        bool isBelieved
    )
    {
        await using var server = await ServerFixture.StartAsync(settings: settings);
        await AddUserAsync(server.Home, server.Services);
        for (var i = 0; i < LockOut.FreeFailures; i++)
        {
            (await LogInAsync(server, sender, "203.0.113.5", $"name{i}")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        // Guesses are counted where they come from: at the client if its proxy is believed, else at whoever sent them.
        var other = await LogInAsync(server, sender, "203.0.113.6", "ada");
        var same = await LogInAsync(server, sender, "203.0.113.5", "ada");

        other.ShouldBe(isBelieved ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests);
        same.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_session_goes_on_at_another_server_of_the_same_home()
    {
        const string Proxied = "server: {behind_proxy: true}\n";
        var home = _folder.File("home");
        string cookie;
        await using (var first = await ServerFixture.StartAsync(o => o with { Home = home }, settings: Proxied))
        {
            await AddUserAsync(first.Home, first.Services);
            using var login = await first.Anonymous.PostAsync(
                "/api/v1/auth/login",
                new { name = "ada", password = Password }
            );
            cookie = login.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        }
        await using var second = await ServerFixture.StartAsync(o => o with { Home = home }, settings: Proxied);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.Add("Cookie", cookie);

        using var response = await second.Anonymous.SendAsync(request, Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.ReadAsync()).GetProperty("name").GetString().ShouldBe("user:ada");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task AddUserAsync(TrueUpHome home, IServiceProvider services)
    {
        var hash = services.GetRequiredService<Passwords>().Hash(Password);
        await home.Users.CreateAsync("ada", AccessRole.Admin, hash, "test", Cancel);
    }

    private static async Task<HttpStatusCode> LogInAsync(
        ServerFixture server,
        string sender,
        string forwardedFor,
        string name
    )
    {
        using var client = server.Client(null);
        client.DefaultRequestHeaders.Add(AddressFilter.Header, sender);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        var password = name == "ada" ? Password : "wrong";
        using var response = await client.PostAsync("/api/v1/auth/login", new { name, password });
        return response.StatusCode;
    }

    private static HttpClient Client(WebApplication app, X509Certificate2 trusted) =>
        new(
            new SocketsHttpHandler
            {
                SslOptions =
                {
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { trusted },
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                },
            }
        )
        {
            BaseAddress = new Uri(app.Urls.First()),
        };

    private WebApplication Build(string certificate, string key)
    {
        var settings = _folder.Write(
            "home/trueup.yaml",
            $"server:\n  tls: {{certificate: {_folder.File(certificate)}, key: {_folder.File(key)}}}\n"
        );
        var options = new ServerOptions
        {
            Home = _folder.File("home"),
            SettingsFile = settings,
            Urls = "https://127.0.0.1:0",
            Connectors = new ConnectorRegistry([]),
            Version = "0.0.0-test",
            EnvironmentVariable = _ => null,
        };
        return ServerHost.Build(options, builder => builder.Logging.ClearProviders());
    }

    private async Task<WebApplication> StartAsync(string certificate, string key)
    {
        var app = Build(certificate, key);
        await app.StartAsync(Cancel);
        return app;
    }

    /// <summary>A certificate that signed itself, for 127.0.0.1, and its key.</summary>
    private X509Certificate2 WriteCertificate()
    {
        Directory.CreateDirectory(_folder.File("tls"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=trueup", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_folder.File("tls/server.pem"), certificate.ExportCertificatePem());
        WriteKey("tls/server.key", key);
        return certificate;
    }

    private void WriteKey(string name, ECDsa key)
    {
        File.WriteAllText(_folder.File(name), key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
