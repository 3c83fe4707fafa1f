using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Decides before the first row how rows travel: which columns, in which carriers, by which key. All that stands
/// against it is
/// collected and told at once; nothing is written.
/// </summary>
internal sealed class Planner(PipelineDefinition pipeline, ISource source, ITarget target, bool verifyOnly)
{
    private readonly List<Finding> _findings = [];

    /// <exception cref="RunException">The pipeline cannot run as it is.</exception>
    public async ValueTask<UnitPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var from = await source.DescribeAsync(cancellationToken);
        var to = await target.DescribeAsync(cancellationToken);
        _findings.AddRange(from.Findings);
        _findings.AddRange(to?.Findings ?? []);
        if (to is null && verifyOnly)
        {
            throw new RunException(
                "target_missing",
                $"{target.Name} does not exist yet, so there is nothing to verify.",
                "Run the pipeline first; it creates the table.",
                ErrorCause.Data
            );
        }
        if (to is null && !pipeline.Target.Flag("create", true))
        {
            Refuse(
                "target_missing",
                "target",
                $"{target.Name} does not exist and the pipeline says create: false.",
                "Create the table, or allow it with target: {create: true}."
            );
        }
        var pairs = Pairs(from, to);
        var key = Key(from, pairs);
        var columns = new List<PlannedColumn>(pairs.Count);
        var added = new List<string>();
        foreach (var pair in pairs)
        {
            await PlanColumnAsync(pair, to, key, columns, added, cancellationToken);
        }
        CheckTargetKey(to, key);
        var stamp = Stamp(columns);
        ThrowIfRefused();
        var ordinals = key.Select(k => columns.FindIndex(c => string.Equals(c.TargetName, k, StringComparison.Ordinal)))
            .ToArray();
        var plan = new RowPlan(columns, ordinals, stamp) { RowBytesMax = pipeline.MaxRowBytes };
        var unique = from.IsUnique([.. ordinals.Select(o => columns[o].SourceName)]);
        return new UnitPlan(plan, to is null, added, unique, [.. _findings.Where(f => !f.IsError)]);
    }

    // Source columns with what the pipeline declares about them, in the source's order.
    private List<Pair> Pairs(SideSchema from, SideSchema? to)
    {
        var pairs = new List<Pair>();
        foreach (var declared in pipeline.Columns.Where(c => from.Find(c.From) is null))
        {
            Refuse(
                "column_missing",
                $"columns.{declared.Name}.from",
                $"{source.Name} has no column '{declared.From}'.",
                Nearest(declared.From, from),
                declared.Line
            );
        }
        foreach (var column in from.Columns)
        {
            var declarations = pipeline
                .Columns.Where(c => string.Equals(c.From, column.Name, StringComparison.Ordinal))
                .ToList();
            pairs.AddRange(declarations.Select(d => new Pair(column, d.Name, d)));
            if (declarations.Count == 0 && pipeline.OtherColumns)
            {
                pairs.Add(new Pair(column, column.Name, null));
            }
        }
        foreach (var twice in pairs.GroupBy(p => p.Target, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Refuse(
                "column_twice",
                $"columns.{twice.Key}",
                $"Two source columns would go to the target column '{twice.Key}'.",
                "Rename one of them with from:."
            );
        }
        return to is null || pipeline.NewColumns != NewColumnPolicy.Ignore
            ? pairs
            : [.. pairs.Where(p => KeepOrWarn(p, to))];
    }

    private bool KeepOrWarn(Pair pair, SideSchema to)
    {
        if (to.Find(pair.Target) is not null)
        {
            return true;
        }
        _findings.Add(
            new Finding(
                "column_ignored",
                $"{target.Name} has no column '{pair.Target}'; it is left out.",
                "Add it with new_columns: add."
            )
            {
                Path = pair.Target,
                IsError = false,
            }
        );
        return false;
    }

    private List<string> Key(SideSchema from, List<Pair> pairs)
    {
        var key =
            pipeline.Key.Count > 0
                ? [.. pipeline.Key]
                : from
                    .Key.Select(k =>
                        pairs.Find(p => string.Equals(p.Source.Name, k, StringComparison.Ordinal))?.Target ?? k
                    )
                    .ToList();
        if (key.Count == 0)
        {
            Refuse(
                "no_key",
                "key",
                $"{source.Name} has no primary key and the pipeline declares none.",
                "Name the columns that identify a record, for example key: id."
            );
        }
        foreach (
            var name in key.Where(k => pairs.TrueForAll(p => !string.Equals(p.Target, k, StringComparison.Ordinal)))
        )
        {
            Refuse("key_missing", "key", $"The key column '{name}' is not among the columns.", Nearest(name, from));
        }
        return key;
    }

    private async ValueTask PlanColumnAsync(
        Pair pair,
        SideSchema? to,
        List<string> key,
        List<PlannedColumn> columns,
        List<string> added,
        CancellationToken cancellationToken
    )
    {
        var existing = to?.Find(pair.Target);
        var isKey = key.Contains(pair.Target, StringComparer.Ordinal);
        if (to is not null && existing is null)
        {
            if (verifyOnly || pipeline.NewColumns == NewColumnPolicy.Refuse)
            {
                Refuse(
                    "column_new",
                    pair.Target,
                    $"{target.Name} has no column '{pair.Target}'.",
                    $"{Nearest(pair.Target, to)} Or add it to the target, or run with new_columns: add."
                );
                return;
            }
            added.Add(pair.Target);
        }
        var carrier = existing is null
            ? await NewCarrierAsync(pair, cancellationToken)
            : ExistingCarrier(pair, existing);
        if (carrier is null)
        {
            return;
        }
        columns.Add(
            new PlannedColumn(pair.Source.Name, pair.Target, carrier)
            {
                Nullable = !isKey && (existing?.Nullable ?? pair.Source.Nullable),
                Written = existing is not { Generated: true },
                Declared = pair.Declared?.Type is not null,
                Format = pair.Declared?.Format,
                Round = pair.Declared?.Round,
                Native = NativeOf(pair, carrier),
            }
        );
    }

    // Two stores of one kind share their types: a column is created as it is on the source unless the user wants
    // another.
    private string? NativeOf(Pair pair, LogicalType carrier) =>
        pair.Declared?.Type is null
        && carrier == pair.Source.Type
        && string.Equals(pipeline.Source.Type, pipeline.Target.Type, StringComparison.Ordinal)
            ? pair.Source.Native
            : null;

    private async ValueTask<LogicalType?> NewCarrierAsync(Pair pair, CancellationToken cancellationToken)
    {
        var wanted = pair.Declared?.Type ?? pair.Source.Type;
        var carrier = await target.CarrierForNewAsync(wanted, cancellationToken);
        if (carrier is not null && source.CanGive(pair.Source, carrier))
        {
            return carrier;
        }
        Refuse(
            "types_differ",
            pair.Target,
            $"'{pair.Source.Name}' ({pair.Source.Type}) cannot be carried to {target.Name} as {wanted} without loss.",
            "Declare a type both sides hold exactly, for example type: text.",
            pair.Declared?.Line ?? 0
        );
        return null;
    }

    // The target's own type first, so that a file whose values happen to look different today is still read as what the
    // table holds; then the source's type in a column that takes anything (SQLite's text); then text.
    private LogicalType? ExistingCarrier(Pair pair, Column existing)
    {
        LogicalType[] candidates = pair.Declared?.Type is { } declared
            ? [existing.Type.Kind == declared.Kind ? existing.Type : declared, existing.Type]
            : [existing.Type, pair.Source.Type, LogicalType.Text];
        foreach (var candidate in candidates)
        {
            if (source.CanGive(pair.Source, candidate) && target.CanHold(existing, candidate))
            {
                return candidate;
            }
        }
        Refuse(
            "types_differ",
            pair.Target,
            $"'{pair.Source.Name}' is {pair.Source.Type} on {source.Name} but {existing.Type} on {target.Name}, and neither holds every value of the other.",
            $"Declare columns: {{{pair.Target}: {{type: …}}}} with a type both hold, or change the target's column.",
            pair.Declared?.Line ?? 0
        );
        return null;
    }

    private void CheckTargetKey(SideSchema? to, List<string> key)
    {
        if (to is not null && !verifyOnly && !to.IsUnique(key))
        {
            Refuse(
                "target_key_not_unique",
                "key",
                $"{target.Name} does not keep ({string.Join(", ", key)}) unique.",
                "Give the table a primary key or a unique, not null index over these columns."
            );
        }
    }

    private int? Stamp(List<PlannedColumn> columns)
    {
        if (pipeline.UpdatedAt is null)
        {
            return null;
        }
        var ordinal = columns.FindIndex(c => string.Equals(c.TargetName, pipeline.UpdatedAt, StringComparison.Ordinal));
        if (
            ordinal >= 0
            && KeyRange.IsOrdered(columns[ordinal].Carrier.Kind)
            && columns[ordinal].Carrier.Kind != LogicalKind.Uuid
        )
        {
            return ordinal;
        }
        Refuse(
            "bad_updated_at",
            "updated_at",
            $"'{pipeline.UpdatedAt}' is {(ordinal < 0 ? "no column" : "not a date, timestamp or integer")}, so the newer row cannot be told.",
            "Name a date, timestamp or integer column that grows with each change."
        );
        return null;
    }

    private void ThrowIfRefused()
    {
        var errors = _findings.Where(f => f.IsError).ToList();
        if (errors.Count == 1)
        {
            throw new RunException(
                errors[0].Code,
                errors[0].Message,
                errors[0].Suggestion,
                ErrorCause.Configuration,
                errors
            );
        }
        if (errors.Count > 1)
        {
            throw new RunException(
                errors[0].Code,
                $"{errors.Count} things keep '{pipeline.Name}' from running: {errors[0].Message}",
                "See the findings; each says what to do.",
                ErrorCause.Configuration,
                errors
            );
        }
    }

    private static string Nearest(string name, SideSchema schema)
    {
        var same = schema.Columns.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        return same is not null
            ? $"There is a column '{same.Name}': names are compared letter by letter."
            : $"It has: {string.Join(", ", schema.Columns.Take(30).Select(c => c.Name))}.";
    }

    private void Refuse(string code, string path, string message, string suggestion, int line = 0) =>
        _findings.Add(
            new Finding(code, message, suggestion)
            {
                File = pipeline.File,
                Line = line > 0 ? line : null,
                Path = path,
            }
        );

    private sealed record Pair(Column Source, string Target, ColumnDefinition? Declared);
}
