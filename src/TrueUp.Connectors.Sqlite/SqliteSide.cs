using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite;

/// <summary>What a pipeline file says about one end in SQLite.</summary>
internal sealed record SqliteSide
{
    /// <summary>The keys of <c>source: {type: sqlite}</c> and <c>target: {type: sqlite}</c>.</summary>
    public static IReadOnlyList<SideOption> Options(SideRole role)
    {
        var path = new SideOption("path", SideOptionKind.Path, "The database file.")
        {
            Required = true,
            Example = "shop.db",
        };
        var table = new SideOption(
            "table",
            SideOptionKind.Text,
            role == SideRole.Source ? "The table or view to read." : "The table to write; the source's name by default."
        )
        {
            Example = "orders",
        };
        var timeout = new SideOption(
            "busy_timeout",
            SideOptionKind.Number,
            "Seconds to wait for another program's lock."
        )
        {
            Default = "5",
        };
        return role == SideRole.Source
            ?
            [
                path,
                table,
                new("tables", SideOptionKind.List, "Several tables, each a unit of its own; * and ? are wildcards.")
                {
                    Example = "[orders, order_*]",
                },
                new("query", SideOptionKind.Text, "A SELECT to read instead of a table.")
                {
                    Example = "SELECT id, name FROM sellers WHERE active",
                },
                timeout,
            ]
            :
            [
                path,
                table,
                new("owns", SideOptionKind.Text, "An SQL condition: the rows of the table this pipeline is about.")
                {
                    Example = "region = 'EU'",
                },
                new("create", SideOptionKind.Flag, "Whether to create the table when it is missing.")
                {
                    Default = "true",
                },
                timeout,
            ];
    }

    private static readonly string[] Readables = ["table", "tables", "query"];

    public required string Path { get; init; }

    /// <summary>The table's name, unquoted, or null.</summary>
    public string? Table { get; init; }

    public string? Query { get; init; }

    /// <summary>An SQL condition that limits the table, or null.</summary>
    public string? Owns { get; init; }

    public bool Create { get; init; } = true;

    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For messages.</summary>
    public string Name => Table is null ? Path : $"{Path} ({Table})";

    public static SqliteSide From(SideDefinition side) =>
        new()
        {
            Path = side["path"] ?? throw new ArgumentException("The side has no path.", nameof(side)),
            Table = side["table"] is { } table ? Identifier.Parse(table) : null,
            Query = side["query"],
            Owns = side["owns"],
            Create = side.Flag("create", true),
            BusyTimeout = TimeSpan.FromSeconds(side.Number("busy_timeout", 5)),
        };

    /// <summary>What is wrong with the options, without looking at the file.</summary>
    public static IEnumerable<Finding> Check(SideDefinition side, SideRole role)
    {
        if (side["path"] is null)
        {
            yield return Finding(
                side,
                role,
                "path",
                "missing_key",
                "The database file is not named.",
                "Add path: FILE."
            );
        }
        if (role == SideRole.Source)
        {
            var given = Readables.Where(k => side.List(k).Count > 0).ToList();
            if (given.Count != 1)
            {
                yield return Finding(
                    side,
                    role,
                    given.Count == 0 ? "table" : given[1],
                    "bad_value",
                    given.Count == 0
                        ? "Nothing says what to read."
                        : $"Only one of {string.Join(", ", given)} can be given.",
                    "Give one of table, tables and query."
                );
            }
        }
        if (side["busy_timeout"] is not null && side.Number("busy_timeout", 5) is < 0 or > 3600)
        {
            yield return Finding(
                side,
                role,
                "busy_timeout",
                "bad_value",
                "busy_timeout is out of range.",
                "Give seconds from 0 to 3600."
            );
        }
    }

    private static Finding Finding(
        SideDefinition side,
        SideRole role,
        string key,
        string code,
        string message,
        string suggestion
    ) =>
        new(code, message, suggestion)
        {
            Path = $"{(role == SideRole.Source ? "source" : "target")}.{key}",
            Line = side.Lines.TryGetValue(key, out var line) ? line : null,
        };
}
