using System.Net;
using Microsoft.AspNetCore.Http;
using TrueUp.Server.Settings;
using TrueUp.Sides;

namespace TrueUp.Server.Security;

/// <summary>
/// Where a server may listen: on the machine itself always; where others can reach it only if what they send, keys and
/// passwords among it, cannot be read on the way.
/// </summary>
internal static class BindingRules
{
    private const int AddressesMax = 16;

    /// <summary>The addresses a server is to listen at, checked.</summary>
    /// <param name="urls">Separated by <c>;</c>.</param>
    /// <param name="security">What is set up.</param>
    /// <exception cref="SideException">
    /// <c>bind_refused</c>: it may not listen there; <c>bind_invalid</c>: that is no address.
    /// </exception>
    public static IReadOnlyList<BindingAddress> Check(string urls, SecuritySettings security)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Parse)
            .ToList();
        if (addresses.Count is 0 or > AddressesMax)
        {
            throw Invalid(urls);
        }
        foreach (var address in addresses)
        {
            Check(address, security);
        }
        return addresses;
    }

    /// <summary>Whether only the machine itself reaches an address.</summary>
    public static bool IsLoopback(BindingAddress address) =>
        !address.IsNamedPipe
        && (
            address.IsUnixPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip))
        );

    private static void Check(BindingAddress address, SecuritySettings security)
    {
        var isTls = address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
        if (isTls && (security.Certificate is null || security.CertificateKey is null))
        {
            throw Refused(
                $"{address} needs a certificate, and none is set up.",
                "Set server.tls.certificate and server.tls.key in trueup.yaml to PEM files, or use http on 127.0.0.1."
            );
        }
        if (!isTls && !security.BehindProxy && !IsLoopback(address))
        {
            throw Refused(
                $"{address} can be reached from other machines, and keys and passwords would cross the network readable.",
                "Listen on http://127.0.0.1:PORT; or on https with server.tls.certificate and server.tls.key; or, "
                    + "behind a reverse proxy that does TLS, set server.behind_proxy: true."
            );
        }
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" ? address : throw Invalid(url);
        }
        catch (FormatException)
        {
            throw Invalid(url);
        }
    }

    private static SideException Refused(string message, string suggestion) =>
        new(ErrorType.Validation, message, suggestion) { Code = "bind_refused" };

    private static SideException Invalid(string url) =>
        new(
            ErrorType.Validation,
            $"'{url}' says no address to listen at.",
            "Write addresses like http://127.0.0.1:8080, several separated by ';'."
        )
        {
            Code = "bind_invalid",
        };
}
