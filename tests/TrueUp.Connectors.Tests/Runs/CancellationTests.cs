using Npgsql;
using TrueUp.Connectors.Tests.Sqlite;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Runs;

/// <summary>A run that is cancelled stops between two batches, and the next one goes on.</summary>
public sealed class CancellationTests(PostgresCluster cluster)
{
    // A first load commits so many rows at a time.
    private const int BatchRows = 65_536;
    private const int Rows = (3 * BatchRows) + 1000;

    [Fact(Timeout = RealRun.GiveUpMs)]
    public async Task A_load_into_PostgreSQL_stops_between_two_batches()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await database.FillAsync("big", Rows);
        var pipeline = RealRun.Pipeline(database.Side("table", "big"), database.Side("table", "copy"));
        await CancelAsync(pipeline, r => r is { Phase: "syncing", Processed: > 0 });
        var there = await database.ScalarAsync<long>("SELECT count(*) FROM copy");
        (there % BatchRows).ShouldBe(0);
        there.ShouldBeInRange(BatchRows, Rows - 1);
        (await pipeline.RunAsync()).IsProven.ShouldBeTrue();
        (await database.ContentsAsync("copy")).ShouldBe(await database.ContentsAsync("big"));
    }

    [Fact(Timeout = RealRun.GiveUpMs)]
    public async Task A_load_into_SQLite_stops_between_two_batches()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await database.FillAsync("big", Rows);
        using var file = new TestFile();
        var pipeline = RealRun.Pipeline(database.Side("table", "big"), file.Side(("table", "copy")));
        await CancelAsync(pipeline, r => r is { Phase: "syncing", Processed: > 0 });
        var there = (long)file.Scalar("SELECT count(*) FROM copy")!;
        (there % BatchRows).ShouldBe(0);
        there.ShouldBeInRange(BatchRows, Rows - 1);
        (await pipeline.RunAsync()).IsProven.ShouldBeTrue();
        file.Scalar("SELECT count(*) FROM copy").ShouldBe((long)Rows);
    }

    [Fact(Timeout = RealRun.GiveUpMs)]
    public async Task Building_the_key_of_a_loaded_table_ends_and_the_next_run_builds_it()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await database.FillAsync("big", rows: 2000);
        var pipeline = RealRun.Pipeline(database.Side("table", "big"), database.Side("table", "copy"));
        await using var other = await database.OpenAsync();
        NpgsqlTransaction? writing = null;
        using var cancel = new CancellationTokenSource();
        // Rows can be loaded beside another writer, but the index has to wait for it.
        var outcome = await pipeline.RunAsync(
            r =>
            {
                if (r is { Phase: "syncing" } && writing is null)
                {
                    writing = other.BeginTransaction();
                    using var command = new NpgsqlCommand("LOCK TABLE copy IN ROW EXCLUSIVE MODE", other);
                    command.ExecuteNonQuery();
                    _ = CancelWhenSomebodyWaitsAsync(database, cancel);
                }
            },
            cancel.Token
        );
        outcome.Status.ShouldBe(RunStatus.Cancelled);
        outcome.Counts.Created.ShouldBe(2000);
        await writing!.DisposeAsync();

        (await pipeline.RunAsync()).IsProven.ShouldBeTrue();
        var keys = "SELECT count(*) FROM pg_index WHERE indrelid = 'copy'::regclass AND indisprimary AND indisvalid";
        (await database.ScalarAsync<long>(keys)).ShouldBe(1);
    }

    [Theory(Timeout = RealRun.GiveUpMs)]
    [InlineData("UPDATE trueup.state SET run_id = run_id")]
    [InlineData("LOCK TABLE copy IN ACCESS EXCLUSIVE MODE")]
    [InlineData("LOCK TABLE copy IN EXCLUSIVE MODE")]
    public async Task Waiting_for_another_sessions_lock_ends(string locking)
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await database.FillAsync("small", rows: 100);
        var pipeline = RealRun.Pipeline(database.Side("table", "small"), database.Side("table", "copy"));
        (await pipeline.RunAsync()).IsProven.ShouldBeTrue();
        await database.ExecuteAsync("UPDATE small SET name = 'new' WHERE id <= 5");
        using var cancel = new CancellationTokenSource();
        await using (var other = await database.OpenAsync())
        await using (await other.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand(locking, other);
            await command.ExecuteNonQueryAsync();
            var waiting = CancelWhenSomebodyWaitsAsync(database, cancel);
            (await pipeline.RunAsync(cancellationToken: cancel.Token)).Status.ShouldBe(RunStatus.Cancelled);
            await waiting;
        }
        (await database.ScalarAsync<long>("SELECT count(*) FROM copy WHERE name = 'new'")).ShouldBe(0);
        (await pipeline.RunAsync()).Counts.Updated.ShouldBe(5);
    }

    [Fact(Timeout = RealRun.GiveUpMs)]
    public async Task Waiting_for_another_connections_lock_of_SQLite_ends()
    {
        using var file = new TestFile();
        var plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Text));
        await using var target = file.Target("t", ("busy_timeout", "3600"));
        await target.PrepareAsync(plan, create: true, [], default);
        using var cancel = new CancellationTokenSource();
        using var other = file.Open();
        using var transaction = other.BeginTransaction(deferred: false);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Task.Run(async () =>
        {
            started.SetResult();
            await target.BeginAsync("p", "run", 0, plan, cancel.Token);
        });
        await started.Task;
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        transaction.Rollback();
        await using var writer = await target.BeginAsync("p", "run", 0, plan, default);
        writer.Epoch.ShouldBe(1);
    }

    [Theory(Timeout = RealRun.GiveUpMs)]
    [InlineData("detecting")]
    [InlineData("verifying")]
    public async Task Digesting_ends_in_PostgreSQL_and_SQLite(string phase)
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await database.FillAsync("big", BatchRows);
        using var file = new TestFile();
        var pipeline = RealRun.Pipeline(database.Side("table", "big"), file.Side(("table", "copy")));
        (await pipeline.RunAsync()).IsProven.ShouldBeTrue();
        file.Execute("UPDATE copy SET name = 'x' WHERE id = 7");
        await CancelAsync(pipeline, r => r.Phase == phase);
        var altered = (long)file.Scalar("SELECT count(*) FROM copy WHERE name = 'x'")!;
        altered.ShouldBe(phase == "detecting" ? 1 : 0);
        (await pipeline.RunAsync()).IsProven.ShouldBeTrue();
    }

    [Fact(Timeout = RealRun.GiveUpMs)]
    public async Task A_survey_of_a_file_ends_before_anything_is_written()
    {
        using var file = new TestFile();
        var csv = Path.Combine(file.Folder, "big.csv");
        await File.WriteAllLinesAsync(
            csv,
            Enumerable.Range(0, 50_000).Select(i => $"{i * 7919 % 50_021},n{i}").Prepend("id,name")
        );
        var source = new SideDefinition("csv").With("path", csv);
        var pipeline = RealRun.Pipeline(source, file.Side(("table", "copy"))) with { Key = ["id"] };
        await CancelAsync(pipeline, r => r is { Phase: "detecting" });
        File.Exists(file.Path).ShouldBeFalse();
        (await pipeline.RunAsync()).IsProven.ShouldBeTrue();
        file.Scalar("SELECT count(*) FROM copy").ShouldBe(50_000L);
    }

    private static async Task CancelAsync(PipelineDefinition pipeline, Func<RunProgress, bool> when)
    {
        using var cancel = new CancellationTokenSource();
        var outcome = await pipeline.RunAsync(
            r =>
            {
                if (when(r))
                {
                    cancel.Cancel();
                }
            },
            cancel.Token
        );
        outcome.Status.ShouldBe(RunStatus.Cancelled);
        outcome.Error.ShouldBeNull();
    }

    private static async Task CancelWhenSomebodyWaitsAsync(TestDatabase database, CancellationTokenSource cancel)
    {
        await database.SomebodyWaitsAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
    }
}
