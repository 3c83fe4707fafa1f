using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Tests.Pipelines;

/// <summary>A connector with an option of each kind and nothing behind it.</summary>
internal sealed class FakeConnector : IConnector
{
    public static ConnectorRegistry Registry { get; } = new([new FakeConnector()]);

    public IReadOnlyList<string> SourceTypes => ["csv", "query-only"];

    public IReadOnlyList<string> TargetTypes => ["sqlite"];

    public IReadOnlyList<SideOption> Options(string type, SideRole role) =>
        type == "query-only"
            ? [new SideOption("connection", SideOptionKind.Text, "How to connect.") { Required = true }]
            :
            [
                new SideOption("path", SideOptionKind.Path, "The file.") { Required = true, Example = "data.csv" },
                new SideOption("table", SideOptionKind.Text, "The table."),
                new SideOption("tables", SideOptionKind.List, "The tables."),
                new SideOption("header_row", SideOptionKind.Number, "Which row has the names.")
                {
                    Default = "1",
                    Example = "3",
                },
                new SideOption("create", SideOptionKind.Flag, "Whether to create the table.") { Default = "true" },
                new SideOption("encoding", SideOptionKind.Text, "The encoding.") { Choices = ["utf-8", "latin-1"] },
            ];

    /// <summary>
    /// Reads what a careful connector would read, so that a value of the wrong kind would throw here.
    /// </summary>
    public IEnumerable<Finding> Validate(SideDefinition side, SideRole role)
    {
        _ = side.Number("header_row", 1);
        _ = side.Flag("create", otherwise: true);
        if (side["table"] is "forbidden")
        {
            yield return new Finding("bad_value", "This table is forbidden.", "Choose another.") { Path = "table" };
        }
        if (side["path"] is null)
        {
            yield return new Finding("missing_key", "No path.", "Give one.") { Path = "path" };
        }
    }

    public ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(SideDefinition source, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ISource OpenSource(SideDefinition side) => throw new NotSupportedException();

    public ITarget OpenTarget(SideDefinition side) => throw new NotSupportedException();
}
