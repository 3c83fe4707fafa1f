using System.Collections.Concurrent;
using TrueUp.Audit;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// What one attempt at a unit has to remember about single records: which were set apart and why, which the target
/// refused, which
/// were kept. It passes everything on to the audit. Records may be set apart by one thread while another one writes.
/// </summary>
internal sealed class RunLedger(string unit, RowPlan plan, IRunAudit audit, UnitTally tally, UnitMeter meter)
    : IDisposable
{
    private readonly Lock _gate = new();
    private readonly KeySet _protected = new();
    private readonly KeySet _refused = new();
    private readonly KeySet _kept = new();
    private readonly KeyWriter _keys = new(plan);
    private readonly ConcurrentQueue<DeadLetter> _letters = new();

    /// <summary>False where a record that is set apart cannot be tried again by a later run.</summary>
    public bool KeepsDeadLetters { get; init; } = true;

    public UnitTally Tally => tally;

    /// <summary>Records set apart before apply.</summary>
    public long Skipped { get; private set; }

    /// <summary>Records the target refused.</summary>
    public long Refused => _refused.Count;

    /// <summary>Rows left alone because the target's is newer.</summary>
    public long Kept => _kept.Count;

    public KeyList<IntegrityIssue> Issues { get; } = new();

    /// <summary>
    /// True when a record was set apart whose key cannot be read: any row of the target may be its row.
    /// </summary>
    public bool DeletesSuspended => _protected.IsUnknown;

    public void Reject(RejectedRecord record)
    {
        lock (_gate)
        {
            Skipped++;
            if (record.Key is null)
            {
                _protected.AddUnknown();
            }
            else
            {
                _protected.Add(record.Key);
            }
            Letter(record);
        }
    }

    /// <summary>Notes a record that the target refused, alone in its batch.</summary>
    /// <param name="tuple">The row, or for deletes the key.</param>
    /// <param name="kind">What was tried.</param>
    /// <param name="ordinal">Its record number.</param>
    /// <param name="error">What the target said.</param>
    public void Refuse(ReadOnlySpan<byte> tuple, ChangeKind kind, long ordinal, SideException error)
    {
        lock (_gate)
        {
            var key = kind == ChangeKind.Delete ? tuple : _keys.KeyOf(tuple);
            _refused.Add(key);
            _protected.Add(key);
            Letter(
                new RejectedRecord("refused_by_target", error.Message)
                {
                    Ordinal = ordinal,
                    Key = key.ToArray(),
                    Raw = RowText.Of(kind == ChangeKind.Delete ? plan.KeySchema : plan.Schema, tuple),
                }
            );
        }
    }

    public void Issue(IntegrityIssue issue)
    {
        lock (_gate)
        {
            Issues.Add(issue);
        }
    }

    public bool IsRefused(ReadOnlySpan<byte> row) => _refused.Count > 0 && _refused.Has(_keys.KeyOf(row));

    public bool IsProtected(ReadOnlySpan<byte> key) => _protected.IsUnknown || _protected.Has(key);

    public void Keep(ReadOnlySpan<byte> row)
    {
        var key = _keys.KeyOf(row);
        if (_kept.Has(key))
        {
            return;
        }
        _kept.Add(key);
        audit.Record(unit, RecordOperation.Skip, KeyText.Of(plan.KeySchema, key), "kept: the target's row is newer");
    }

    /// <summary>Hands the dead letters over that came up since the last call.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        while (_letters.TryDequeue(out var letter))
        {
            await audit.DeadLetterAsync(letter, cancellationToken);
        }
    }

    /// <summary>Tells how far the phase is.</summary>
    public void Progress(string phase, long processed, long? expected = null) =>
        meter.Report(phase, processed, expected, Skipped + Refused);

    public void Dispose() => _keys.Dispose();

    private void Letter(RejectedRecord record)
    {
        var place = record.Line > 0 ? $"line {record.Line}" : $"record {record.Ordinal}";
        var key = record.Key is null ? place : KeyText.Of(plan.KeySchema, record.Key);
        // Records that share a key are told apart by their place, so that each of them is a letter of its own.
        var shared = string.Equals(record.Issue, "duplicate_key", StringComparison.Ordinal);
        Issues.Add(new IntegrityIssue(record.Issue, key, record.Column, record.Reason));
        audit.Record(unit, RecordOperation.Skip, key, $"{record.Issue}: {record.Reason}");
        if (!KeepsDeadLetters)
        {
            return;
        }
        _letters.Enqueue(
            new DeadLetter(unit, shared ? $"{key} ({place})" : key, record.Issue, record.Reason)
            {
                Column = record.Column,
                Line = record.Line,
                Ordinal = record.Ordinal,
                Raw = record.Raw,
            }
        );
    }
}
