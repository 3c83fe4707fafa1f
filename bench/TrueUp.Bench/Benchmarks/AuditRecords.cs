using System.Globalization;
using System.Text;
using TrueUp.Audit;
using TrueUp.Bench.Measuring;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// How many records a second <c>audit: all</c> logs (goal: 1,000,000), what they take on the disk, and how long a
/// search by key among them takes. The rows are made beforehand; the time runs until everything is durable.
/// </summary>
internal sealed class AuditRecords : IBenchmark
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    public string Name => "audit-records";

    public string Title => "logging each record (audit: all)";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("trueup-bench-").FullName;
        try
        {
            var seconds = new List<double>();
            var note = new StringBuilder();
            foreach (var kind in (LogicalKind[])[LogicalKind.Int64, LogicalKind.Text, LogicalKind.Uuid])
            {
                var batches = Batches(new LogicalType(kind), (int)settings.Rows);
                var times = new List<double>();
                var last = "";
                for (var run = 0; run < settings.Runs; run++)
                {
                    var (time, text) = await MeasureAsync(
                        Path.Combine(folder, $"{kind}{run}"), batches, cancellationToken);
                    times.Add(time);
                    last = text;
                }
                batches.ForEach(batch => batch.Dispose());
                seconds.AddRange(times);
                var perSecond = settings.Rows / Numbers.Median(times) / 1e6;
                note.Append(CultureInfo.InvariantCulture, $"{kind} key: {perSecond:0.00} M records/s, {last}. ");
            }
            var peak = Environment.WorkingSet / (double)(1 << 20);
            return new BenchResult(Name, Title, settings.Rows, "—", [], seconds, peak, note.ToString().Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Seconds, string Text)> MeasureAsync(
        string folder, List<RowBatch> batches, CancellationToken cancellationToken)
    {
        await using var home = TrueUpHome.Open(folder, Clock);
        var pipeline = new PipelineDefinition
        {
            Name = "bench",
            Source = new SideDefinition("csv"),
            Target = new SideDefinition("sqlite"),
            Audit = AuditLevel.All,
        };
        var start = new RunStart(pipeline, TriggerSource.Manual, null, VerifyOnly: false, Clock.GetUtcNow());
        await using var run = await home.Audit.StartAsync(start, cancellationToken);

        var cpu = Environment.CpuUsage.TotalTime;
        var began = Clock.GetTimestamp();
        foreach (var batch in batches)
        {
            run.Records("", RecordOperation.Create, batch, bulk: true);
        }
        await run.CompleteAsync(new RunOutcome { RunId = run.RunId, Pipeline = "bench" }, cancellationToken);
        var durable = Clock.GetElapsedTime(began);
        cpu = Environment.CpuUsage.TotalTime - cpu;

        var searched = await SearchAsync(home, batches[^2], cancellationToken);
        var rows = batches.Sum(batch => (double)batch.Count);
        var bytes = Directory.GetFiles(Path.Combine(folder, "records"), "*", SearchOption.AllDirectories)
            .Sum(file => new FileInfo(file).Length);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{cpu.TotalNanoseconds / rows:0} ns of CPU and {bytes / rows:0.0} bytes each, found in {searched:0} ms");
        return (durable.TotalSeconds, text);
    }

    private static async Task<double> SearchAsync(TrueUpHome home, RowBatch batch, CancellationToken cancellationToken)
    {
        var key = KeyText.Of(batch.Schema, batch.Row(7));
        var began = Clock.GetTimestamp();
        var found = 0;
        await foreach (var _ in home.Records.ReadAsync(new RecordQuery { Key = key }, cancellationToken))
        {
            found++;
        }
        return found == 1
            ? Clock.GetElapsedTime(began).TotalMilliseconds
            : throw new InvalidOperationException($"{found} entries for key {key}.");
    }

    private static List<RowBatch> Batches(LogicalType type, int rows)
    {
        var schema = new RowSchema([new Column("id", type), new Column("name", LogicalType.Text)], [0]);
        using var builder = new RowBatchBuilder(schema);
        var batches = new List<RowBatch>();
        var random = new Random(1);
        for (var i = 0; i < rows; i++)
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
