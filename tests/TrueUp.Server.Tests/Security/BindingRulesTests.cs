using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Sides;

namespace TrueUp.Server.Tests.Security;

/// <summary>Where a server may listen.</summary>
public sealed class BindingRulesTests
{
    private static readonly SecuritySettings Tls = new() { Certificate = "c.pem", CertificateKey = "k.pem" };
    private static readonly SecuritySettings Proxy = new() { BehindProxy = true };

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://127.9.9.9:80;http://[::1]:81")]
    [InlineData("http://unix:/run/trueup.sock")]
    public void The_machine_itself_may_always_be_listened_to(string urls) =>
        new BoundAddresses(BindingRules.Check(urls, new SecuritySettings())).AreLoopback.ShouldBeTrue();

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://192.168.1.5:8080")]
    [InlineData("http://sync.example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://127.0.0.1:8080;http://0.0.0.0:8081")]
    public void What_others_can_reach_is_refused_without_TLS_and_a_proxy(string urls)
    {
        var error = Should.Throw<SideException>(() => BindingRules.Check(urls, new SecuritySettings()));

        error.Code.ShouldBe("bind_refused");
        error.Suggestion.ShouldContain("behind_proxy");
        Should.Throw<SideException>(() => BindingRules.Check(urls, Tls)).Code.ShouldBe("bind_refused");
        new BoundAddresses(BindingRules.Check(urls, Proxy)).AreLoopback.ShouldBeFalse();
    }

    [Fact]
    public void What_others_can_reach_is_allowed_with_TLS()
    {
        BindingRules.Check("https://0.0.0.0:8443;http://127.0.0.1:8080", Tls).Count.ShouldBe(2);
        Should
            .Throw<SideException>(() => BindingRules.Check("https://0.0.0.0:8443", new SecuritySettings()))
            .Message.ShouldContain("certificate");
    }

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://pipe:/trueup")]
    public void What_is_no_address_is_said_to_be_none(string urls) =>
        Should
            .Throw<SideException>(() => BindingRules.Check(urls, new SecuritySettings()))
            .Code.ShouldBeOneOf("bind_invalid", "bind_refused");
}
