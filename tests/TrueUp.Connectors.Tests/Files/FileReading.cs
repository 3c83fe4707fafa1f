using System.Buffers;
using System.Text;
using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Files;

/// <summary>Everything one reading of a file side gave.</summary>
internal sealed record FileReading(
    SideSchema Schema,
    IReadOnlyList<string?[]> Rows,
    IReadOnlyList<long> Ordinals,
    IReadOnlyList<RejectedRecord> Rejects
)
{
    public string Types => string.Join(",", Schema.Columns.Select(c => c.Type));

    public string Names => string.Join("|", Schema.Columns.Select(c => c.Name));

    /// <summary>Describes the side and reads it with the types found, or with the columns that
    /// <paramref name="columns"/> makes of them.</summary>
    public static async Task<FileReading> Of(
        IConnector connector,
        SideDefinition side,
        Func<SideSchema, IEnumerable<PlannedColumn>>? columns = null,
        int rowBytesMax = 32 << 20
    )
    {
        connector.Validate(side, SideRole.Source).ShouldBeEmpty();
        await using var source = connector.OpenSource(side);
        var schema = await source.DescribeAsync(default);
        if (schema.Findings.Any(f => f.IsError))
        {
            return new FileReading(schema, [], [], []);
        }
        var plan = Plan(schema, columns, rowBytesMax);
        await using var rows = await source.OpenAsync(plan, default);
        var reading = await Of(schema, plan, rows);
        await rows.CheckUnchangedAsync(default);
        return reading;
    }

    public static RowPlan Plan(
        SideSchema schema,
        Func<SideSchema, IEnumerable<PlannedColumn>>? columns = null,
        int rowBytesMax = 32 << 20
    )
    {
        var planned = columns?.Invoke(schema) ?? schema.Columns.Select(c => new PlannedColumn(c.Name, c.Name, c.Type));
        return new RowPlan([.. planned], [0]) { RowBytesMax = rowBytesMax };
    }

    public static async Task<FileReading> Of(SideSchema schema, RowPlan plan, IRowSet rows)
    {
        var sink = new Sink();
        var read = new List<string?[]>();
        var ordinals = new List<long>();
        await foreach (var batch in rows.ReadAsync(PartSelection.Everything, sink, default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    read.Add(Display(plan.Schema, batch.Row(i)));
                    ordinals.Add(batch.Ordinal(i));
                }
            }
        }
        return new FileReading(schema, read, ordinals, sink.Records);
    }

    /// <summary>The display texts of a tuple.</summary>
    public static string?[] Display(RowSchema schema, ReadOnlySpan<byte> tuple)
    {
        var values = new string?[schema.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!FieldReader.At(tuple, i, out var send))
            {
                continue;
            }
            var text = new ArrayBufferWriter<byte>();
            schema.Codecs[i].Format(send, text);
            values[i] = Encoding.UTF8.GetString(text.WrittenSpan);
        }
        return values;
    }

    private sealed class Sink : IRejectSink
    {
        public List<RejectedRecord> Records { get; } = [];

        public void Reject(RejectedRecord record) => Records.Add(record);
    }
}
