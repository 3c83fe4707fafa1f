using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>Makes sure that kept rows can go back to where they came from.</summary>
internal sealed class TargetCheck(UnitImages images, UndoRequest request)
{
    private readonly ImageHeader _header = images.Header;

    /// <exception cref="RunException">They cannot.</exception>
    public async ValueTask<SideSchema> RunAsync(ITarget target, CancellationToken cancellationToken)
    {
        if (!request.TargetMoved && !string.Equals(target.Name, _header.TargetName, StringComparison.Ordinal))
        {
            throw Refused(
                "target_differs",
                $"The run wrote to {_header.TargetName}, the pipeline's target now is {target.Name}.",
                "If the target was moved, name the pipeline's file with --file; rows that are not what the run left stay as they are.",
                ErrorCause.Configuration
            );
        }
        if (images.IsMixed)
        {
            throw Refused(
                "columns_changed",
                $"The columns of {target.Name} changed while the run was at work, so its rows cannot be put back.",
                "Correct the rows by hand; `trueup runs show` and the record log name them.",
                ErrorCause.Data
            );
        }
        if (await target.DescribeAsync(cancellationToken) is not { } schema)
        {
            throw Refused(
                "target_missing",
                $"{target.Name} does not exist any more.",
                "Put a backup back first.",
                ErrorCause.Environment
            );
        }
        var changed = _header.Columns.Where(c => !Fits(c, schema, target)).Select(c => c.Name).ToList();
        if (changed.Count > 0 || !schema.IsUnique([.. _header.Key.Select(k => _header.Columns[k].Name)]))
        {
            throw Refused(
                "columns_changed",
                $"{target.Name} is no longer the table the run wrote to: {(changed.Count > 0 ? string.Join(", ", changed) : "its key")} changed.",
                "Change the table back, or correct the rows by hand.",
                ErrorCause.Data
            );
        }
        return schema;
    }

    /// <summary>What one can live with.</summary>
    /// <param name="images">What was put back.</param>
    /// <param name="schema">The target's columns.</param>
    /// <param name="inserted">How many rows were inserted again.</param>
    public static IReadOnlyList<Finding> Warnings(UnitImages images, SideSchema schema, long inserted)
    {
        var others = schema
            .Columns.Where(c => !c.Generated && images.Plan.Schema.OrdinalOf(c.Name) < 0)
            .Select(c => c.Name)
            .ToList();
        return inserted == 0 || others.Count == 0
            ? []
            :
            [
                new Finding(
                    "columns_not_kept",
                    $"The pipeline does not carry {string.Join(", ", others)}; in rows that were deleted and are back these have their default.",
                    "Fill them from a backup if they matter."
                )
                {
                    IsError = false,
                },
            ];
    }

    private static bool Fits(ImageColumn column, SideSchema schema, ITarget target) =>
        schema.Find(column.Name) is { } existing
        && existing.Generated != column.Written
        && target.CanHold(existing, column.Type);

    private static RunException Refused(string code, string message, string suggestion, ErrorCause cause) =>
        new(code, message, suggestion, cause);
}
