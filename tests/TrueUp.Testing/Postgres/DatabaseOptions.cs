namespace TrueUp.Testing.Postgres;

/// <summary>How a test database differs from the cluster's defaults, UTF8 and ICU en-US.</summary>
public sealed record DatabaseOptions
{
    /// <summary>PostgreSQL's name of an encoding, such as <c>LATIN1</c>; by default UTF8.</summary>
    public string Encoding { get; init; } = "UTF8";

    /// <summary>
    /// An ICU locale such as <c>de-DE</c>, or <c>C</c> for byte order; by default <c>en-US</c>, if not UTF8 <c>C</c>.
    /// </summary>
    public string? Collation { get; init; }

    /// <summary>Further connection settings as Npgsql keywords, such as <c>Maximum Pool Size=5</c>.</summary>
    public string? ConnectionSettings { get; init; }

    internal bool IsDefault => Encoding == "UTF8" && Collation is null;

    internal string CreateClause()
    {
        // Databases of another encoding or collation can only be made from the template that is known to be pure ASCII.
        string collation = Collation ?? (Encoding == "UTF8" ? "en-US" : "C");
        string locale =
            collation == "C"
                ? "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
                : $"LOCALE_PROVIDER icu ICU_LOCALE '{collation}'";
        return $"TEMPLATE template0 ENCODING '{Encoding}' {locale}";
    }
}
