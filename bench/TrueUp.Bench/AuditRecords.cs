using System.Globalization;
using System.Text;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Bench;

/// <summary>
/// How many records a second <c>audit: all</c> logs (goal: 1,000,000), what they take on the disk, and how long a search by key
/// among them takes. The rows are made beforehand; the time runs until everything is durable.
/// </summary>
internal static class AuditRecords
{
    private const int Rows = 3_000_000;

    public static async Task RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("trueup-bench-").FullName;
        try
        {
            foreach (var (name, type) in ((string, LogicalType)[])[("int64 key", LogicalType.Int64), ("text key", LogicalType.Text), ("uuid key", LogicalType.Uuid)])
            {
                await MeasureAsync(output, Path.Combine(folder, type.Kind.ToString()), name, type);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(TextWriter output, string folder, string name, LogicalType type)
    {
        var clock = TimeProvider.System;
        var batches = Batches(type);
        await using var home = TrueUpHome.Open(folder, clock);
        var start = new RunStart(
            new PipelineDefinition { Name = "bench", Source = new SideDefinition("csv"), Target = new SideDefinition("sqlite"), Audit = AuditLevel.All },
            TriggerSource.Manual, null, VerifyOnly: false, clock.GetUtcNow());
        await using var run = await home.Audit.StartAsync(start, CancellationToken.None);

        var cpu = Environment.CpuUsage.TotalTime;
        var began = clock.GetTimestamp();
        foreach (var batch in batches)
        {
            run.Records("", RecordOperation.Create, batch, bulk: true);
        }
        var called = clock.GetElapsedTime(began);
        await run.CompleteAsync(
            new RunOutcome { RunId = run.RunId, Pipeline = "bench", Status = RunStatus.Completed, StartedAt = start.StartedAt, FinishedAt = clock.GetUtcNow() },
            CancellationToken.None);
        var durable = clock.GetElapsedTime(began);
        cpu = Environment.CpuUsage.TotalTime - cpu;

        var key = KeyText.Of(batches[^2].Schema, batches[^2].Row(7));
        began = clock.GetTimestamp();
        var found = 0;
        await foreach (var _ in home.Records.ReadAsync(new RecordQuery { Key = key }, CancellationToken.None))
        {
            found++;
        }
        var searched = clock.GetElapsedTime(began);
        var bytes = Directory.GetFiles(Path.Combine(folder, "records"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        output.WriteLine(
            $"{name}: {Rows / durable.TotalSeconds / 1e6:0.00} M records/s ({called.TotalSeconds:0.00} s in calls, {durable.TotalSeconds:0.00} s until durable, "
            + $"{cpu.TotalNanoseconds / Rows:0} ns of processor a record), "
            + $"{bytes / (double)Rows:0.00} bytes a record, {searched.TotalMilliseconds:0} ms to find {found} by key");
        batches.ForEach(batch => batch.Dispose());
    }

    private static List<RowBatch> Batches(LogicalType type)
    {
        var schema = new RowSchema([new Column("id", type), new Column("name", LogicalType.Text)], [0]);
        using var builder = new RowBatchBuilder(schema);
        var batches = new List<RowBatch>();
        var random = new Random(1);
        for (var i = 0; i < Rows; i++)
        {
            builder.BeginRow();
            builder.BeginField();
            schema.Codecs[0].TryParse(Encoding.UTF8.GetBytes(KeyOf(type, i, random)), builder);
            builder.EndField();
            builder.WriteField("Ada Lovelace"u8);
            builder.EndRow();
            if (builder.IsFull)
            {
                batches.Add(builder.Build());
            }
        }
        batches.Add(builder.Build());
        return batches;
    }

    private static string KeyOf(LogicalType type, int number, Random random)
    {
        if (type.Kind == LogicalKind.Uuid)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes).ToString();
        }
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return type.Kind == LogicalKind.Text ? "AA" + digits : digits;
    }
}
