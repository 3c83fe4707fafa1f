using System.Net;
using Microsoft.AspNetCore.Http;
using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Validation;

/// <summary>Where a server listens, and its certificate.</summary>
internal sealed class ListenValidator : ISettingsValidator
{
    private const int NameMax = 100;

    public IEnumerable<Finding> Check(SettingsDocument document)
    {
        var start = document.Start;
        foreach (var url in start.Urls.Split(';').Where(url => !IsAddress(url)))
        {
            yield return Error(
                "server.urls",
                $"`{url}` is no address to listen on.",
                "Write, for example, http://127.0.0.1:8080."
            );
        }
        if (start.Name is { } name && (name.Length is 0 or > NameMax || name.Any(char.IsControl)))
        {
            yield return Error("server.name", "`server.name` is no name.", "Write up to 100 characters.");
        }
        foreach (var proxy in start.KnownProxies.Where(proxy => !IPAddress.TryParse(proxy, out _)))
        {
            yield return Error("server.known_proxies", $"`{proxy}` is no IP address.", "Write, for example, 10.0.0.5.");
        }
        foreach (var host in start.AllowedHosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            yield return Error(
                "server.allowed_hosts",
                $"`{host}` is no host name.",
                "Write, for example, sync.example.com."
            );
        }
        if (start.TlsCertificate is null != start.TlsKey is null)
        {
            var missing = start.TlsKey is null ? "key" : "certificate";
            yield return Error("server.tls", $"`server.tls` has no `{missing}`.", "Give both `certificate` and `key`.");
        }
        if (start.TlsCertificate is { } certificate && !File.Exists(certificate))
        {
            yield return Error("server.tls.certificate", $"There is no file {certificate}.", "Check the path.");
        }
    }

    private static bool IsAddress(string url)
    {
        if (
            !url.StartsWith("http://", StringComparison.Ordinal)
            && !url.StartsWith("https://", StringComparison.Ordinal)
        )
        {
            return false;
        }
        try
        {
            return BindingAddress.Parse(url) is { Host.Length: > 0, Port: >= 0 and <= 65535, PathBase: "" or "/" };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static Finding Error(string path, string message, string suggestion) =>
        new("bad_value", message, suggestion) { Path = path };
}
