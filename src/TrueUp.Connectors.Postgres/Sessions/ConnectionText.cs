using System.Globalization;
using Npgsql;

namespace TrueUp.Connectors.Postgres.Sessions;

/// <summary>Reads the <c>connection</c> option: Npgsql keywords, or a URL as libpq takes it.</summary>
internal static class ConnectionText
{
    /// <summary>The settings a text names.</summary>
    /// <exception cref="ArgumentException">It is neither; the message holds nothing of the text's values.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var builder = IsUrl(text)
                ? FromUrl(text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..])
                : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(builder.Host))
            {
                builder.Host = "localhost";
            }
            // What the server says in detail can hold values of rows, and a connection that is kept here needs no pool.
            builder.IncludeErrorDetail = false;
            builder.PersistSecurityInfo = false;
            builder.Pooling = false;
            builder.TcpKeepAlive = true;
            builder.CommandTimeout = 0;
            builder.ReadBufferSize = Math.Max(builder.ReadBufferSize, 1 << 16);
            builder.WriteBufferSize = Math.Max(builder.WriteBufferSize, 1 << 16);
            builder.ApplicationName ??= "trueup";
            return builder;
        }
        catch (Exception error)
            when (error is FormatException or KeyNotFoundException or OverflowException or InvalidCastException)
        {
            throw new ArgumentException("The connection settings cannot be read.", nameof(text), error);
        }
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder FromUrl(string url)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        var (address, query) = Cut(url, url.IndexOf('?', StringComparison.Ordinal));
        var (server, database) = Cut(address, address.IndexOf('/', StringComparison.Ordinal));
        var at = server.LastIndexOf('@');
        if (at >= 0)
        {
            var (user, password) = Cut(
                server[..at],
                server.IndexOf(':', StringComparison.Ordinal) is var colon && colon < at ? colon : -1
            );
            builder.Username = Uri.UnescapeDataString(user);
            builder.Password = password is null ? null : Uri.UnescapeDataString(password);
        }
        SetHost(builder, server[(at + 1)..]);
        if (!string.IsNullOrEmpty(database))
        {
            builder.Database = Uri.UnescapeDataString(database);
        }

        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, pair.IndexOf('=', StringComparison.Ordinal));
            Set(builder, name, Uri.UnescapeDataString(value ?? ""));
        }
        return builder;
    }

    private static void SetHost(NpgsqlConnectionStringBuilder builder, string host)
    {
        if (host.Contains(',', StringComparison.Ordinal))
        {
            builder.Host = host;
            return;
        }
        var colon = host.LastIndexOf(':');
        if (colon > host.LastIndexOf(']'))
        {
            builder.Port = int.Parse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
            host = host[..colon];
        }
        builder.Host = Uri.UnescapeDataString(host.Trim('[', ']'));
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        var keyword = name.ToLowerInvariant() switch
        {
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "sslpassword" => "SSL Password",
            "application_name" => "Application Name",
            "connect_timeout" => "Timeout",
            "target_session_attrs" => "Target Session Attributes",
            "user" => "Username",
            "dbname" => "Database",
            _ => name,
        };
        builder[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
    }

    private static (string Head, string? Tail) Cut(string text, int at) =>
        at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
}
