using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Proofs.Rules;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Reads a source once before anything else happens and sets apart every record that cannot be synchronised: unreadable
/// ones,
/// those that fail a rule, records without a key, records that share one. What is left has unique keys and can be
/// compared.
/// </summary>
internal sealed class Survey(
    PipelineDefinition pipeline,
    RowPlan plan,
    RuleSet rules,
    IRowSet source,
    ITarget target,
    RunLedger ledger,
    bool keyIsUnique
) : IRejectSink, IDisposable
{
    private const int LookupMax = 1000;

    private readonly DuplicateFinder _keys = new();
    private readonly List<DuplicateFinder> _values = [.. rules.Unique.Select(_ => new DuplicateFinder())];
    private readonly IndexSet _excluded = new();
    private readonly RowHasher _hasher = new(plan.Schema);
    private readonly KeyWriter _keyWriter = new(plan);

    /// <summary>
    /// Whether one reading is enough to set every bad record apart: then it can be the one that loads the rows.
    /// </summary>
    public bool NeedsOneReading => keyIsUnique && rules.Unique.Count == 0 && !HasLookups;

    private bool HasLookups => rules.Exists.Any(r => r.Rule.OnFail == RuleFailure.Skip);

    /// <summary>
    /// Reads everything once (three times when keys repeat) and returns the rows that can be synchronised.
    /// </summary>
    public async ValueTask<IRowSet> RunAsync(CancellationToken cancellationToken)
    {
        long index = 0;
        var lookups = rules
            .Exists.Where(r => r.Rule.OnFail == RuleFailure.Skip)
            .Select(r => new ReferenceLookup(r, target))
            .ToList();
        await foreach (
            var batch in source
                .ReadAsync(PartSelection.Everything, this, cancellationToken)
                .Prefetch(cancellationToken: cancellationToken)
        )
        {
            using (batch)
            {
                Check(batch, index);
                foreach (var lookup in lookups)
                {
                    foreach (var row in await lookup.MissingAsync(batch, LookupMax, cancellationToken))
                    {
                        Exclude(
                            index + row,
                            batch,
                            row,
                            "missing_property",
                            $"{lookup.Rule.Name}: no such row in {lookup.Rule.Exists!.Table}",
                            CompiledRule.ColumnOf(lookup.Rule)
                        );
                    }
                }
                index += batch.Count;
                ledger.Progress("detecting", index);
            }
        }
        await ResolveDuplicatesAsync(cancellationToken);
        return await FinishAsync(cancellationToken);
    }

    /// <summary>The rows that can be synchronised, while they are looked at; once, to the end, and then
    /// <see cref="FinishAsync"/>.</summary>
    public IAsyncEnumerable<RowBatch> ReadAsync(CancellationToken cancellationToken) =>
        SurveyedRowSet.WithoutAsync(
            plan.Schema,
            source.ReadAsync(PartSelection.Everything, this, cancellationToken),
            _excluded,
            Check,
            cancellationToken
        );

    /// <summary>Ends the survey.</summary>
    public async ValueTask<IRowSet> FinishAsync(CancellationToken cancellationToken)
    {
        await source.CheckUnchangedAsync(cancellationToken);
        await ledger.FlushAsync(cancellationToken);
        return _excluded.Count == 0 && source.CanSeek ? source : new SurveyedRowSet(plan, source, _excluded);
    }

    /// <inheritdoc />
    public void Reject(RejectedRecord record) => ledger.Reject(record);

    public void Dispose()
    {
        _keys.Dispose();
        _values.ForEach(v => v.Dispose());
        _keyWriter.Dispose();
    }

    private void Check(RowBatch batch, long start)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var row = batch.Row(i);
            if (NullKey(row) is { } column)
            {
                ledger.Reject(
                    new RejectedRecord("missing_key", $"the key column {column} is empty")
                    {
                        Ordinal = batch.Ordinal(i),
                        Column = column,
                        Raw = RowText.Of(plan.Schema, row),
                    }
                );
                _excluded.Add(start + i);
                continue;
            }
            if (Broken(batch, i, start))
            {
                continue;
            }
            if (!keyIsUnique)
            {
                _keys.Add(_hasher.HashKey(row), start + i);
            }
            for (var u = 0; u < _values.Count; u++)
            {
                if (FieldReader.At(row, rules.Unique[u].Ordinal, out var value) && rules.Unique[u].Applies(row))
                {
                    _values[u].Add(TextHash.Compute(value, 1), start + i);
                }
            }
        }
    }

    // True when a rule sets the row apart; rules that only report are told to the ledger.
    private bool Broken(RowBatch batch, int row, long start)
    {
        foreach (var rule in rules.PerRow)
        {
            if (rule.Check(batch.Row(row)) is not { } issue)
            {
                continue;
            }
            if (rule.Rule.OnFail == RuleFailure.Skip)
            {
                Exclude(start + row, batch, row, issue.Issue, issue.Reason, CompiledRule.ColumnOf(rule.Rule));
                return true;
            }
            ledger.Issue(
                new IntegrityIssue(
                    issue.Issue,
                    KeyText.Of(plan.KeySchema, _keyWriter.KeyOf(batch.Row(row))),
                    CompiledRule.ColumnOf(rule.Rule),
                    issue.Reason
                )
            );
        }
        return false;
    }

    private string? NullKey(ReadOnlySpan<byte> row)
    {
        foreach (var ordinal in plan.Schema.KeyOrdinals)
        {
            if (!FieldReader.At(row, ordinal, out _))
            {
                return plan.Columns[ordinal].TargetName;
            }
        }
        return null;
    }

    private void Exclude(long index, RowBatch batch, int row, string issue, string reason, string? column)
    {
        if (_excluded.Has(index))
        {
            return;
        }
        _excluded.Add(index);
        ledger.Reject(
            new RejectedRecord(issue, reason)
            {
                Ordinal = batch.Ordinal(row) > 0 ? batch.Ordinal(row) : index + 1,
                Column = column,
                Key = _keyWriter.KeyOf(batch.Row(row)).ToArray(),
                Raw = RowText.Of(plan.Schema, batch.Row(row)),
            }
        );
    }

    // Equal hashes are only candidates: the records are read again and compared by value.
    private async ValueTask ResolveDuplicatesAsync(CancellationToken cancellationToken)
    {
        var candidates = new IndexSet();
        foreach (var index in _keys.Candidates(cancellationToken).SelectMany(g => g))
        {
            candidates.Add(index);
        }
        foreach (var index in _values.SelectMany(v => v.Candidates(cancellationToken)).SelectMany(g => g))
        {
            candidates.Add(index);
        }
        if (candidates.Count == 0)
        {
            return;
        }
        using var resolver = new DuplicateResolver(pipeline.Duplicates, plan, rules);
        await foreach (var (batch, first) in Indexed(cancellationToken))
        {
            using (batch)
            {
                resolver.Add(batch, first, candidates, _excluded);
            }
        }
        await foreach (var (batch, first) in Indexed(cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (resolver.Verdict(first + i) is { } verdict)
                    {
                        Report(verdict, first + i, batch, i);
                    }
                }
            }
        }
    }

    private void Report(DuplicateVerdict verdict, long index, RowBatch batch, int row)
    {
        if (verdict.Skip)
        {
            Exclude(index, batch, row, verdict.Issue, verdict.Reason, verdict.Column);
            return;
        }
        ledger.Issue(
            new IntegrityIssue(
                verdict.Issue,
                KeyText.Of(plan.KeySchema, _keyWriter.KeyOf(batch.Row(row))),
                verdict.Column,
                verdict.Reason
            )
        );
    }

    private async IAsyncEnumerable<(RowBatch Batch, long First)> Indexed(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        long index = 0;
        await foreach (var batch in source.ReadAsync(PartSelection.Everything, null, cancellationToken))
        {
            var count = batch.Count;
            yield return (batch, index);
            index += count;
        }
    }
}
