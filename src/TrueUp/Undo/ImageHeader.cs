using System.Text.Json;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// What has to be known to put rows back without asking the source: which table they are of, and how they are
/// carried. It holds no secret: how to connect stands in the pipeline file.
/// </summary>
/// <param name="Unit">The unit's name.</param>
/// <param name="TargetTable">See <see cref="Pipelines.SideDefinition"/>'s <c>table</c>: the unit's own, or
/// null.</param>
/// <param name="TargetName">What the target called itself.</param>
/// <param name="Columns">The plan's columns in tuple order.</param>
/// <param name="Key">The key's positions among them.</param>
internal sealed record ImageHeader(
    string Unit,
    string? TargetTable,
    string TargetName,
    IReadOnlyList<ImageColumn> Columns,
    IReadOnlyList<int> Key
)
{
    public static ImageHeader Of(UnitContext context, RowPlan plan, string targetName) =>
        new(
            context.Unit.Name,
            context.Unit.TargetTable,
            targetName,
            [.. plan.Columns.Select(c => new ImageColumn(c.TargetName, c.Carrier, c.Nullable, c.Written))],
            plan.Schema.KeyOrdinals
        );

    public static ImageHeader Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ImageJson.Default.ImageHeader)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ImageJson.Default.ImageHeader);

    /// <summary>The plan the rows were carried by; its source names say nothing.</summary>
    public RowPlan ToPlan() =>
        new(
            [
                .. Columns.Select(c => new PlannedColumn(c.Name, c.Name, c.Type)
                {
                    Nullable = c.Nullable,
                    Written = c.Written,
                }),
            ],
            Key
        );
}
