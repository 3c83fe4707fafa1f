using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Catalog;

/// <summary>A column as the server's catalog has it.</summary>
/// <param name="Name">Unquoted.</param>
/// <param name="Type">What it holds, domains resolved.</param>
/// <param name="CastType">Its own type in SQL, without length or precision, so that a cast to it never cuts anything
/// off.</param>
/// <param name="BaseType">The catalog's name of the type beneath its domains: <c>varchar</c>, <c>timestamptz</c>,
/// <c>_int4</c>.</param>
/// <param name="Modifier">Length or precision as the catalog encodes it, or -1.</param>
internal sealed record PgColumn(string Name, LogicalType Type, string CastType, string BaseType, int Modifier)
{
    /// <summary>Whether the server takes null.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>Computed by the server from other columns.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>GENERATED ALWAYS AS IDENTITY: it can be given when a row is inserted and never changed.</summary>
    public bool IsFixedIdentity { get; init; }

    /// <summary>Whether the system has an equality for the type that finds it in an index.</summary>
    public bool HasEquality { get; init; }

    /// <summary>The type beneath its domains in SQL with length or precision; null unless it is one of the server's
    /// own.</summary>
    public string? Native { get; init; }

    /// <summary>As the engine sees it.</summary>
    public Column ToColumn() => new(Name, Type, Nullable, IsGenerated) { Native = Native };
}
