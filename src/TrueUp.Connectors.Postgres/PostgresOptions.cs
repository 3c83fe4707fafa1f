using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres;

/// <summary>What pipeline files may say about a PostgreSQL side.</summary>
internal static class PostgresOptions
{
    private static readonly SideOption Connection = new(
        "connection",
        SideOptionKind.Text,
        "Where the database is and who connects: Npgsql keywords or a postgres:// URL. Keep the password in the environment."
    )
    {
        Required = true,
        Example = "postgres://app:${PGPASSWORD}@db.example.com:5432/shop?sslmode=verify-full",
    };

    private static readonly SideOption[] Source =
    [
        Connection,
        new(
            "table",
            SideOptionKind.Text,
            "A table or view, with its schema or found by the search path; odd names are quoted as in SQL."
        )
        {
            Example = "public.\"Odd Name\"",
        },
        new(
            "tables",
            SideOptionKind.List,
            "Several tables, each a unit that fails alone; * stands for any text and ? for one character. "
                + "Wildcards choose tables and partitioned tables, not partitions or views."
        )
        {
            Example = "[public.*, sales.order_?]",
        },
        new("query", SideOptionKind.Text, "A SELECT whose result is read; name its key with the pipeline's `key`.")
        {
            Example = "SELECT id, name FROM sellers WHERE active",
        },
    ];

    private static readonly SideOption[] Target =
    [
        Connection,
        new("table", SideOptionKind.Text, "The table that is written; without it the source's name is used.")
        {
            Example = "public.sellers",
        },
        new(
            "owns",
            SideOptionKind.Text,
            "An SQL condition on the table's columns: only rows that meet it are compared, changed or deleted."
        )
        {
            Example = "region = 'north'",
        },
        new("create", SideOptionKind.Flag, "Whether a missing table is created.") { Default = "true" },
    ];

    public static IReadOnlyList<SideOption> For(SideRole role) => role == SideRole.Source ? Source : Target;

    public static IEnumerable<Finding> Validate(SideDefinition side, SideRole role)
    {
        if (role == SideRole.Source)
        {
            string[] given = [.. ((string[])["table", "tables", "query"]).Where(side.Options.ContainsKey)];
            if (given.Length == 0)
            {
                yield return Found(
                    "missing_key",
                    "The source says nothing about what to read.",
                    "Add one of `table`, `tables` and `query`.",
                    null
                );
            }

            foreach (var option in given.Skip(1))
            {
                yield return Found(
                    "bad_value",
                    $"`{given[0]}` and `{option}` exclude each other.",
                    "Keep one of them.",
                    option,
                    side
                );
            }
        }
        foreach (var finding in Connections(side).Concat(Names(side)).Concat(Texts(side)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Connections(SideDefinition side)
    {
        if (side["connection"] is not { Length: > 0 } text)
        {
            yield return Found(
                "missing_key",
                "`connection` is missing.",
                $"Add it, for example connection: {Connection.Example}",
                "connection",
                side
            );
            yield break;
        }
        var isValid = true;
        try
        {
            ConnectionText.Parse(text);
        }
        catch (ArgumentException)
        {
            // What the driver says about it may repeat the text, and with it a password.
            isValid = false;
        }
        if (!isValid)
        {
            yield return Found(
                "bad_value",
                "`connection` is neither Npgsql keywords nor a postgres:// URL that can be read.",
                "Write Host=…;Port=…;Database=…;Username=…;Password=… or postgres://user:password@host:port/database; in a URL, "
                    + "characters such as @ : / ? in the password are percent-encoded.",
                "connection",
                side
            );
        }
    }

    private static IEnumerable<Finding> Names(SideDefinition side)
    {
        if (side["table"] is { } table && !SqlName.TryParse(table, out _))
        {
            yield return BadName("table", table, side);
        }

        foreach (var entry in side.List("tables"))
        {
            if (!NamePattern.TryParse(entry, out _))
            {
                yield return BadName("tables", entry, side);
            }
        }
    }

    private static IEnumerable<Finding> Texts(SideDefinition side)
    {
        foreach (var option in (string[])["query", "owns"])
        {
            if (side.Options.ContainsKey(option) && string.IsNullOrWhiteSpace(side[option]))
            {
                yield return Found("bad_value", $"`{option}` is empty.", "Write SQL, or leave it out.", option, side);
            }
        }
        if (side["create"] is { } create && !bool.TryParse(create, out _))
        {
            yield return Found("bad_value", $"`create` is '{create}'.", "Write true or false.", "create", side);
        }
    }

    private static Finding BadName(string option, string text, SideDefinition side) =>
        Found(
            "bad_value",
            $"'{text}' is no name of a table.",
            "Write schema.table; quote odd names as in SQL: public.\"Odd Name\".",
            option,
            side
        );

    private static Finding Found(
        string code,
        string message,
        string suggestion,
        string? option,
        SideDefinition? side = null
    ) =>
        new(code, message, suggestion)
        {
            Path = option,
            Line = option is not null && side is not null && side.Lines.TryGetValue(option, out var line) ? line : null,
        };
}
