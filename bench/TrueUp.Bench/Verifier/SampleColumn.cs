namespace TrueUp.Bench.Verifier;

/// <summary>A column of the table that is corrupted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as pipeline files write it.</param>
/// <param name="Postgres">Its type in PostgreSQL.</param>
/// <param name="Sqlite">Its declared type in SQLite, or null where SQLite has nothing like it.</param>
/// <param name="Value">The value of a row, as text; null for null.</param>
internal sealed record SampleColumn(
    string Name,
    string Type,
    string Postgres,
    string? Sqlite,
    Func<int, Random, string?> Value
);
