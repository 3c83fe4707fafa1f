using System.Data;
using System.Globalization;
using System.Net;
using Npgsql;
using TrueUp.Sides;

namespace TrueUp.Store.Database;

/// <summary>
/// Reads how to reach a control database in PostgreSQL: Npgsql keywords, or a <c>postgres://</c> URL.
/// </summary>
internal static class PostgresConnectionText
{
    private const int TimeoutSeconds = 10;
    private const int CommandTimeoutSeconds = 30;
    private const int PoolMax = 20;

    /// <summary>The settings a text names, with this store's own defaults.</summary>
    /// <exception cref="SideException">It cannot be read; the message holds nothing of the text.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var settings = IsUrl(text) ? FromUrl(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            SetDefaults(settings);
            return settings;
        }
        catch (Exception error)
            when (error
                    is ArgumentException
                        or FormatException
                        or OverflowException
                        or InvalidCastException
                        or KeyNotFoundException
            )
        {
            // The driver's own message may repeat the text, and with it the password.
            throw StoreErrors.Unavailable(
                "PostgreSQL",
                "the connection settings cannot be read.",
                "Give postgres://user:password@host:port/database, or Host=…;Database=…;Username=…;Password=….",
                transient: false,
                inner: null
            );
        }
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.DnsSafeHost,
            Database = url.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(url.AbsolutePath[1..]) : null,
        };
        if (url.Port > 0)
        {
            settings.Port = url.Port;
        }
        var (user, password) = Cut(url.UserInfo, ':');
        settings.Username = user.Length == 0 ? null : Uri.UnescapeDataString(user);
        settings.Password = password is null ? null : Uri.UnescapeDataString(password);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, '=');
            Set(settings, name, Uri.UnescapeDataString(value ?? ""));
        }
        return settings;
    }

    /// <summary>The names that libpq has for what Npgsql calls otherwise.</summary>
    private static void Set(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        var keyword = name.ToLowerInvariant() switch
        {
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "application_name" => "Application Name",
            "connect_timeout" => "Timeout",
            "target_session_attrs" => "Target Session Attributes",
            _ => name,
        };
        settings[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
    }

    private static void SetDefaults(NpgsqlConnectionStringBuilder settings)
    {
        settings.Host = string.IsNullOrEmpty(settings.Host) ? "localhost" : settings.Host;
        if (!Names(settings, "SSL Mode") && !IsNear(settings.Host))
        {
            settings.SslMode = SslMode.Require;
        }
        settings.Timeout = Names(settings, "Timeout") ? settings.Timeout : TimeoutSeconds;
        settings.CommandTimeout = Names(settings, "Command Timeout") ? settings.CommandTimeout : CommandTimeoutSeconds;
        settings.MaxPoolSize = Names(settings, "Maximum Pool Size") ? settings.MaxPoolSize : PoolMax;
        settings.ApplicationName ??= "trueup";
        settings.TcpKeepAlive = true;
        // What the server says in detail can hold values of rows.
        settings.IncludeErrorDetail = false;
        settings.PersistSecurityInfo = false;
        // Nothing that a role or a temporary table is called may come before the store's own tables.
        settings.SearchPath = $"{PostgresControlDatabase.Schema},pg_temp";
    }

    private static bool Names(NpgsqlConnectionStringBuilder settings, string keyword) =>
        settings.ShouldSerialize(keyword);

    /// <summary>Whether a host is this machine: a socket's folder or a loopback address.</summary>
    private static bool IsNear(string host) =>
        host.Split(',')
            .All(one =>
                one.StartsWith('/')
                || string.Equals(one, "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(one, out var address) && IPAddress.IsLoopback(address))
            );

    private static (string Head, string? Tail) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var i ? (text[..i], text[(i + 1)..]) : (text, null);
}
