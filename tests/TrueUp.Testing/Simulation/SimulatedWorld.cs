using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Memory;

namespace TrueUp.Testing.Simulation;

/// <summary>A pipeline, its source and its target, drawn from a seed, and what others do to them.</summary>
internal sealed class SimulatedWorld
{
    private readonly Random _random;
    private readonly bool _refuses;
    private readonly int _ids;
    private long _stamp = 1000;

    public SimulatedWorld(Random random)
    {
        _random = random;
        var key = random.Next(2) == 0 ? LogicalType.Int32 : LogicalType.Text;
        SourceTable = new MemoryTable(SimulatedRows.Columns(key), "id") { KeyIsKept = random.Next(2) == 0 };
        Store.SourceCanSeek = random.Next(2) == 0;
        Store.Tables["source"] = SourceTable;
        _refuses = random.Next(4) == 0;
        _ids = random.Next(1, 150);
        Pipeline = Draw(random, SourceTable.KeyIsKept);
        for (var i = random.Next(100); i > 0; i--)
        {
            Add();
        }
        if (random.Next(3) > 0)
        {
            Store.Tables["target"] = new MemoryTable(SourceTable.Columns, "id");
            for (var i = random.Next(30); i > 0; i--)
            {
                EditTarget();
            }
        }
        Source = SourceView.Of(SourceTable, Pipeline);
        Target = ReadTarget(_ => { });
    }

    public MemoryStore Store { get; } = new();

    public PipelineDefinition Pipeline { get; }

    public MemoryTable SourceTable { get; }

    /// <summary>What the source comes to now.</summary>
    public SourceView Source { get; private set; }

    /// <summary>Grows with each change of the source.</summary>
    public long SourceVersion { get; private set; }

    /// <summary>What is in the target by what was committed and edited, key by key.</summary>
    public Dictionary<string, ModelRow> Target { get; set; }

    public bool Refuses(RowSchema schema, byte[] row) =>
        _refuses && schema.Columns.Count > 1 && SimulatedRows.IsRefused(row);

    public bool IsRefused(ModelRow row) => _refuses && row.IsRefused;

    /// <summary>The rows that really are in the target.</summary>
    public Dictionary<string, ModelRow> ReadTarget(Action<string> twice)
    {
        var rows = new Dictionary<string, ModelRow>(StringComparer.Ordinal);
        if (!Store.Tables.TryGetValue("target", out var table))
        {
            return rows;
        }
        foreach (var row in table.Rows)
        {
            var key = SimulatedRows.KeyOf(table, row);
            if (!rows.TryAdd(key, SimulatedRows.Of(row)))
            {
                twice(key);
            }
        }
        return rows;
    }

    /// <summary>Somebody changes the source.</summary>
    public void EditSource()
    {
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            var rows = SourceTable.Rows;
            switch (rows.Count == 0 ? 0 : _random.Next(20))
            {
                case < 8:
                    Add();
                    break;
                case < 12:
                    rows.RemoveAt(_random.Next(rows.Count));
                    break;
                case 12 when _random.Next(4) == 0:
                    rows.RemoveRange(0, _random.Next(rows.Count + 1));
                    break;
                case 13 when !Store.SourceCanSeek && !SourceTable.KeyIsKept:
                    EditUnreadable();
                    break;
                case > 13 when Pipeline.Mode == SyncMode.Append && _random.Next(10) > 0:
                    Add();
                    break;
                default:
                    var at = _random.Next(rows.Count);
                    rows[at] = Row(FieldText(rows[at]), SimulatedRows.Owned);
                    break;
            }
        }
        SourceVersion++;
        Source = SourceView.Of(SourceTable, Pipeline);
    }

    /// <summary>Somebody else changes the target, within what the pipeline owns and outside of it.</summary>
    public void EditTarget()
    {
        if (!Store.Tables.TryGetValue("target", out var table))
        {
            return;
        }
        var owner = _random.Next(4) > 0 ? SimulatedRows.Owned : "them";
        // Keys beyond the source's most of the time, so that rows of others are seldom in the way.
        var id = _random.Next(8) == 0 || owner == SimulatedRows.Owned ? Id() : $"{1000 + _random.Next(20)}";
        var row = Row(id, owner);
        if (SimulatedRows.IsRefused(row) || !SimulatedRows.HasKey(row))
        {
            return;
        }
        var at = table.IndexOf(Texts.KeyOf(table.Schema, row));
        if (at < 0)
        {
            table.Rows.Add(row);
        }
        else if (_random.Next(3) == 0)
        {
            table.Rows.RemoveAt(at);
        }
        else
        {
            table.Rows[at] = row;
        }
    }

    private static PipelineDefinition Draw(Random random, bool keyIsKept)
    {
        var mode = (SyncMode)random.Next(3);
        RuleDefinition[] rules = [new("begins well") { Column = "name", Matches = $"^[^{SimulatedRows.Broken}]" }];
        Allowance[] unproven = [Allowance.None, new Allowance(2, false), Allowance.OfPercent(100)];
        return new PipelineDefinition
        {
            Name = "simulated",
            Source = new SideDefinition("memory").With("table", "source"),
            Target = new SideDefinition("memory").With("table", "target").With("owns", "owner=us"),
            Key = keyIsKept ? [] : ["id"],
            Mode = mode,
            UpdatedAt = mode == SyncMode.Upsert && random.Next(2) == 0 ? "changed" : null,
            Duplicates = (DuplicatePolicy)random.Next(3),
            Rules = random.Next(3) == 0 ? rules : [],
            MaxDeletes = random.Next(2) == 0 ? Allowance.OfPercent(100) : Allowance.OfPercent(30),
            Audit = random.Next(4) == 0 ? AuditLevel.All : AuditLevel.Changes,
            Verify = new VerifyDefinition
            {
                Repair = random.Next(8) > 0,
                Attempts = random.Next(1, 4),
                AllowUnproven = unproven[random.Next(3)],
            },
            Retry = new RetryDefinition { Attempts = random.Next(4) },
        };
    }

    private void Add()
    {
        var row = Row(Id(), SimulatedRows.Owned);
        // A store that keeps its key has no record without one, and no key twice.
        var isTaken = SourceTable.KeyIsKept && SourceTable.IndexOf(Texts.KeyOf(SourceTable.Schema, row)) >= 0;
        if (!isTaken)
        {
            SourceTable.Rows.Add(row);
        }
    }

    private void EditUnreadable()
    {
        if (SourceTable.Unreadable.Count > 2)
        {
            SourceTable.Unreadable.Clear();
            return;
        }
        var row = Row($"{_random.Next(_ids)}", SimulatedRows.Owned);
        SourceTable.Unreadable.Add(
            new RejectedRecord("bad_encoding", "the record is not text")
            {
                Ordinal = 10_000 + SourceTable.Unreadable.Count,
                Key = _random.Next(3) > 0 ? Texts.KeyOf(SourceTable.Schema, row) : null,
            }
        );
    }

    private string? Id() => !SourceTable.KeyIsKept && _random.Next(60) == 0 ? null : $"{_random.Next(_ids)}";

    private string? FieldText(byte[] row) => SimulatedRows.HasKey(row) ? KeyText.Of(SourceTable.Schema, row) : null;

    private byte[] Row(string? id, string owner)
    {
        var name = _random.Next(24) switch
        {
            0 => null,
            1 => $"{SimulatedRows.Broken}broken",
            2 => $"{SimulatedRows.Refused}refused",
            _ => $"name {_random.Next(40)}",
        };
        // Mostly newer than before, sometimes not: the newest wins, not the last.
        var stamp = _random.Next(4) == 0 ? _stamp - _random.Next(500) : ++_stamp;
        var amount = _random.Next(6) == 0 ? null : $"{_random.NextInt64(-3, 1L << _random.Next(2, 60))}";
        return Texts.Tuple(SourceTable.Schema, [id, name, amount, $"{stamp}", owner]);
    }
}
