using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Proofs.Rules;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// One attempt at a unit: plan, survey, then the loop Compare → Policy → Apply until a comparison with a fresh seed
/// finds nothing
/// left to change. That last comparison is the proof: it reads both sides anew and shares nothing with what Apply did.
/// </summary>
internal sealed class UnitAttempt(UnitContext context, UnitTally tally, PhaseClock phases)
{
    private readonly PipelineDefinition _pipeline = context.Pipeline;
    private readonly string _unit = context.Unit.Name;

    /// <exception cref="RunException">The unit is refused.</exception>
    /// <exception cref="SideException">A store failed.</exception>
    public async ValueTask<UnitOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await using var source = context
            .Connectors.For(context.Unit.Source, SideRole.Source)
            .OpenSource(context.Unit.Source);
        await using var target = context
            .Connectors.For(context.TargetSide, SideRole.Target)
            .OpenTarget(context.TargetSide);
        var plan = await new Planner(Planned(), source, target, context.VerifyOnly).PlanAsync(cancellationToken);
        var rules = Bind(plan.Rows);
        using var ledger = new RunLedger(_unit, plan.Rows, context.Audit, tally, context.Meter);
        ledger.Progress("detecting", 0);
        // Before the source is read: whoever takes the target over after this may have read a newer source.
        var state = context.ReadOnly ? null : await target.ReadStateAsync(context.StateName, cancellationToken);
        await using var opened = await source.OpenAsync(plan.Rows, cancellationToken);
        using var survey = new Survey(
            _pipeline,
            plan.Rows,
            rules,
            opened,
            target,
            ledger,
            plan.KeyIsUnique || opened.HasUniqueKeys
        );
        var rows = await SurveyAsync(plan, rules, opened, target, survey, cancellationToken);
        phases.EndFetch();
        var loop = new UnitLoop(context, plan, rows, target, ledger, phases);
        var outcome = context.ReadOnly
            ? await loop.InspectAsync(cancellationToken)
            : await loop.RunAsync(state, cancellationToken);
        if (!context.Options.DryRun)
        {
            await ReportMissingAsync(rules, plan.Rows, rows, target, ledger, cancellationToken);
        }
        return outcome;
    }

    // A dry run adds no column, so it cannot compare one the target lacks; it says that it was left out.
    private PipelineDefinition Planned() =>
        context.Options.DryRun && _pipeline.NewColumns == NewColumnPolicy.Add
            ? _pipeline with
            {
                NewColumns = NewColumnPolicy.Ignore,
            }
            : _pipeline;

    private RuleSet Bind(RowPlan plan)
    {
        var findings = new List<Finding>();
        var rules = RuleSet.Bind(_pipeline.Rules, plan.Schema, findings);
        if (findings.Count > 0)
        {
            throw new RunException(
                findings[0].Code,
                findings[0].Message,
                findings[0].Suggestion,
                ErrorCause.Configuration,
                findings
            );
        }
        return rules;
    }

    // A store that keeps the key unique and gives every row as it is needs no survey, unless rules want to see the
    // rows. Where one reading is enough for a survey, it is the one that fills an empty target.
    private async ValueTask<IRowSet> SurveyAsync(
        UnitPlan plan,
        RuleSet rules,
        IRowSet opened,
        ITarget target,
        Survey survey,
        CancellationToken cancellationToken
    )
    {
        var rulesNeedRows =
            rules.PerRow.Count + rules.Unique.Count > 0 || rules.Exists.Any(r => r.Rule.OnFail == RuleFailure.Skip);
        if (opened.CanSeek && plan.KeyIsUnique && !rulesNeedRows)
        {
            return opened;
        }
        if (survey.NeedsOneReading && !context.ReadOnly && await IsEmptyAsync(plan, target, cancellationToken))
        {
            return new SurveyingRowSet(survey, opened);
        }
        return await survey.RunAsync(cancellationToken);
    }

    private static async ValueTask<bool> IsEmptyAsync(
        UnitPlan plan,
        ITarget target,
        CancellationToken cancellationToken
    )
    {
        // Columns that are still to be added cannot be read.
        if (plan.Create || plan.AddColumns.Count > 0)
        {
            return plan.Create;
        }
        await using var rows = await target.OpenAsync(plan.Rows, cancellationToken);
        return await rows.IsEmptyAsync(cancellationToken);
    }

    // Rules that only report and need another table are checked when everything is in place.
    private async ValueTask ReportMissingAsync(
        RuleSet rules,
        RowPlan plan,
        IRowSet rows,
        ITarget target,
        RunLedger ledger,
        CancellationToken cancellationToken
    )
    {
        var lookups = rules
            .Exists.Where(r => r.Rule.OnFail == RuleFailure.Report)
            .Select(r => new ReferenceLookup(r, target))
            .ToList();
        if (lookups.Count == 0)
        {
            return;
        }
        using var keys = new KeyWriter(plan);
        await foreach (var batch in rows.ReadAsync(Digests.PartSelection.Everything, null, cancellationToken))
        {
            using (batch)
            {
                foreach (var lookup in lookups)
                {
                    foreach (var row in await lookup.MissingAsync(batch, 1000, cancellationToken))
                    {
                        ledger.Issue(
                            new IntegrityIssue(
                                "missing_property",
                                KeyText.Of(plan.KeySchema, keys.KeyOf(batch.Row(row))),
                                CompiledRule.ColumnOf(lookup.Rule),
                                $"{lookup.Rule.Name}: no such row in {lookup.Rule.Exists!.Table}"
                            )
                        );
                    }
                }
            }
        }
        if (ledger.Issues.Shown.Any(i => string.Equals(i.Type, "missing_property", StringComparison.Ordinal)))
        {
            await context.Audit.ErrorAsync(
                new AuditError(
                    _unit,
                    ErrorType.Validation,
                    Severity.Medium,
                    "Records lack the related row a rule asks for.",
                    "See the run's integrity issues."
                ),
                cancellationToken
            );
        }
    }
}
