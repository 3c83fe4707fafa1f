using System.Buffers;
using TrueUp.Digests;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Bench.Faults.Hostile;

/// <summary>Reads a file as a run does, and checks what comes out.</summary>
internal static class FileReading
{
    private static readonly string[] Types =
    [
        "int32",
        "int64",
        "decimal",
        "decimal(9,2)",
        "date",
        "timestamp",
        "timestamptz",
        "bool",
        "json",
        "uuid",
        "bytes",
        "float64",
        "time",
        "text",
    ];

    public static async Task<string> OfAsync(
        IConnector connector,
        SideDefinition side,
        Random random,
        CancellationToken cancellationToken
    )
    {
        if (connector.Validate(side, SideRole.Source).FirstOrDefault() is { } finding)
        {
            BrokenPromiseException.UnlessSaid(finding.Code, finding.Message, finding.Suggestion);
            return "options refused";
        }
        try
        {
            return await ReadAsync(connector, side, random, cancellationToken);
        }
        catch (SideException refused)
        {
            BrokenPromiseException.UnlessSaid(refused.Code, refused.Message, refused.Suggestion);
            return $"refused: {refused.Code}";
        }
    }

    private static async Task<string> ReadAsync(
        IConnector connector,
        SideDefinition side,
        Random random,
        CancellationToken cancellationToken
    )
    {
        await using var source = connector.OpenSource(side);
        var schema = await source.DescribeAsync(cancellationToken);
        foreach (var finding in schema.Findings)
        {
            BrokenPromiseException.UnlessSaid(finding.Code, finding.Message, finding.Suggestion);
        }
        if (schema.Findings.Any(f => f.IsError) || schema.Columns.Count == 0)
        {
            return "refused with findings";
        }
        var plan = Plan(source, schema, random);
        await using var rows = await source.OpenAsync(plan, cancellationToken);
        var sink = new Sink();
        long count = 0;
        await foreach (var batch in rows.ReadAsync(PartSelection.Everything, sink, cancellationToken))
        {
            using (batch)
            {
                count += batch.Count;
                Check(batch, plan);
            }
        }
        var digest = (await rows.DigestAsync(Partitioning.Whole, 1, cancellationToken))[0];
        BrokenPromiseException.Unless(digest.Count == count, $"{count} rows were read and {digest.Count} digested");
        await rows.CheckUnchangedAsync(cancellationToken);
        return sink.Records > 0 ? "read, records rejected" : "read";
    }

    // What was inferred, and sometimes what a user may have declared.
    private static RowPlan Plan(ISource source, SideSchema schema, Random random)
    {
        var columns = new List<PlannedColumn>();
        foreach (var column in schema.Columns)
        {
            var isDeclared =
                LogicalType.TryParse(Types[random.Next(Types.Length)], out var declared)
                && random.Next(3) == 0
                && source.CanGive(column, declared);
            var type = isDeclared ? declared! : column.Type;
            columns.Add(new PlannedColumn(column.Name, column.Name, type) { Declared = isDeclared });
        }
        return new RowPlan(columns, [0]) { RowBytesMax = 1 << random.Next(8, 24) };
    }

    private static void Check(RowBatch batch, RowPlan plan)
    {
        var text = new ArrayBufferWriter<byte>();
        for (var i = 0; i < Math.Min(batch.Count, 50); i++)
        {
            for (var c = 0; c < plan.Schema.Columns.Count; c++)
            {
                if (FieldReader.At(batch.Row(i), c, out var value))
                {
                    text.ResetWrittenCount();
                    plan.Schema.Codecs[c].Format(value, text);
                }
            }
        }
    }

    private sealed class Sink : IRejectSink
    {
        public int Records { get; private set; }

        public void Reject(RejectedRecord record)
        {
            Records++;
            BrokenPromiseException.Unless(
                record.Issue.Length > 0 && record.Reason.Length > 0,
                "a record was rejected without a reason"
            );
        }
    }
}
