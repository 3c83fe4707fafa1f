using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Audit;

/// <summary>Which records a run lists.</summary>
public sealed class AuditLevelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(AuditLevel.All, 10 + 3 + 2 + 3)]
    [InlineData(AuditLevel.Changes, 1 + 3 + 2 + 3)]
    [InlineData(AuditLevel.Failures, 2 + 2)]
    public async Task A_level_lists_what_it_says(AuditLevel level, int entries)
    {
        var (found, _) = await RunAsync(level, run =>
        {
            using var bulk = Sample.Rows(0, 10);
            run.Records("", RecordOperation.Create, bulk, bulk: true);
            using var changed = Sample.Rows(20, 3);
            run.Records("", RecordOperation.Update, changed, bulk: false);
            using var skipped = Sample.Rows(30, 2);
            run.Records("", RecordOperation.Skip, skipped, bulk: false);
            using var none = Sample.Rows(0, 0);
            run.Records("", RecordOperation.Delete, none, bulk: true);
            run.Record("", RecordOperation.Create, "a", null);
            run.Record("", RecordOperation.Create, "b", "refused");
            run.Record("", RecordOperation.Skip, "c", null);
        });

        found.ShouldBe(entries);
    }

    [Fact]
    public async Task The_table_holds_the_first_ten_thousand_of_either_kind_and_no_bulk_load()
    {
        var (found, rows) = await RunAsync(AuditLevel.All, run =>
        {
            using var bulk = Sample.Rows(0, 4096);
            run.Records("", RecordOperation.Create, bulk, bulk: true);
            for (var i = 0; i < 3; i++)
            {
                using var changed = Sample.Rows(i * 4096, 4096);
                run.Records("", RecordOperation.Update, changed, bulk: false);
            }
            for (var i = 0; i < 10_100; i++)
            {
                run.Record("", RecordOperation.Skip, i.ToString(), "why");
            }
        });

        found.ShouldBe(4 * 4096 + 10_100);
        rows.ShouldBe(20_000);
    }

    private async Task<(int Entries, long Rows)> RunAsync(AuditLevel level, Action<IRunAudit> write)
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        await using var run = await home.Audit.StartAsync(Sample.Start(_clock, audit: level), CancellationToken.None);
        write(run);
        await run.CompleteAsync(Sample.Outcome(run, _clock), CancellationToken.None);
        using var database = new Store.Database.SqliteControlDatabase(Path.Combine(home.Folder, "trueup.db"));
        var rows = await Store.Database.ControlDatabaseQueries.QueryAsync(
            database, "SELECT count(*) AS n FROM sync_record_logs", null, row =>
            row.Number("n"), CancellationToken.None);
        return (await home.Records.ReadAsync(new RecordQuery { RunId = run.RunId }, CancellationToken.None)
            .CountAsync(), rows[0]);
    }
}
