using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Catalog;

/// <summary>The tables that the entries of <c>tables</c> stand for.</summary>
internal static class TableList
{
    private const string Sql = """
        SELECT n.nspname::text, c.relname::text
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE (CASE WHEN $1::text IS NULL THEN n.nspname = ANY(current_schemas(false)) ELSE n.nspname LIKE $1 END)
          AND c.relname LIKE $2
          AND (NOT $3 AND c.relkind IN ('v', 'm', 'f')
            OR c.relkind IN ('r', 'p') AND NOT (c.relispartition AND $3)
              AND NOT ($3 AND n.nspname = 'trueup'
                AND (c.relname = 'state' OR c.relname LIKE 'trueup\_canary\_%')))
          AND c.relpersistence <> 't'
          AND NOT ($3 AND (n.nspname = 'information_schema' OR n.nspname LIKE 'pg\_%'))
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
        """;

    /// <summary>The tables, each once, in the order of their entries.</summary>
    /// <exception cref="SideException">An entry with wildcards matches nothing.</exception>
    public static async ValueTask<IReadOnlyList<SqlName>> ExpandAsync(
        Session session,
        IReadOnlyList<string> entries,
        CancellationToken cancellationToken
    )
    {
        List<SqlName> tables = [];
        foreach (var entry in entries)
        {
            if (!NamePattern.TryParse(entry, out var pattern))
            {
                throw NoMatch(entry, session);
            }

            var found = await MatchAsync(session, pattern, cancellationToken);
            if (found.Count == 0 && pattern.HasWildcard)
            {
                throw NoMatch(entry, session);
            }
            // A single name that is missing becomes a unit that fails by itself.
            if (found.Count == 0 && SqlName.TryParse(entry, out var name))
            {
                found.Add(name);
            }
            // An unqualified name means the first schema of the search path that has it, as in SQL.
            tables.AddRange(pattern.HasWildcard ? found : found.Take(1));
        }
        return [.. tables.Distinct()];
    }

    private static async ValueTask<List<SqlName>> MatchAsync(
        Session session,
        NamePattern pattern,
        CancellationToken cancellationToken
    )
    {
        await using var command = session.Command(Sql, pattern.Schema, pattern.Table, pattern.HasWildcard);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<SqlName> tables = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(new SqlName(reader.GetString(0), reader.GetString(1)));
        }

        return tables;
    }

    private static SideException NoMatch(string entry, Session session) =>
        new(
            ErrorType.Validation,
            $"No table matches '{entry}' on {session.ServerName}.",
            "Correct the entry of `tables`; * stands for any text and ? for one character, names without quotes are lower case."
        )
        {
            Code = "table_missing",
        };
}
