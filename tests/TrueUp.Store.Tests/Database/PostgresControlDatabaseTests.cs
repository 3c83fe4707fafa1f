using Dapper;
using Npgsql;
using TrueUp.Sides;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;
using TrueUp.Testing.Postgres;

namespace TrueUp.Store.Tests.Database;

/// <summary>What is only so where the control database is on a server that others use as well.</summary>
public sealed class PostgresControlDatabaseTests(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Several_programs_can_open_a_new_database_at_the_same_time_and_all_write()
    {
        var homes = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => OpenHome(_database.ConnectionString)))
        );
        await Task.WhenAll(
            homes.Select(
                async (home, i) =>
                {
                    for (var run = 0; run < 10; run++)
                    {
                        await RunAsync(home, run % 2 == 0 ? "shared" : $"own_{i}");
                    }
                }
            )
        );

        (await homes[0].Runs.ListAsync(new RunQuery { Limit = 100 }, CancellationToken.None)).Items.Count.ShouldBe(60);
        await DisposeAllAsync(homes);
    }

    [Fact]
    public async Task Servers_that_append_to_one_chain_at_the_same_time_make_one_chain()
    {
        const int Receipts = 60;
        var homes = new[] { OpenHome(_database.Url), OpenHome(_database.Url) };

        await Task.WhenAll(
            homes.SelectMany(home =>
                Enumerable
                    .Range(0, Receipts)
                    .Select(i => Task.Run(() => AppendAsync(home, i % 3 == 0 ? "other" : "sellers")))
            )
        );

        foreach (var (pipeline, count) in ((string, int)[])[("other", 40), ("sellers", 80)])
        {
            var chain = await homes[0].Receipts.ListAsync(pipeline, 1000, null, CancellationToken.None);
            chain.Items.Select(r => r.Sequence).Order().ShouldBe(Enumerable.Range(1, count).Select(n => (long)n));
            // Each was made behind the one before it.
            chain.Items.OrderBy(r => r.Sequence).ShouldAllBe(r => r.Hash == $"after {r.Sequence - 1}");
        }
        await DisposeAllAsync(homes);
    }

    [Fact]
    public async Task A_receipt_whose_place_was_taken_takes_the_next()
    {
        await using var home = OpenHome(_database.Url);
        await AppendAsync(home, "sellers");
        await using var other = await _database.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        // A program that knows nothing of the store's locks.
        await other.ExecuteAsync(
            """
            INSERT INTO trueup_control.receipts (run_id, pipeline, sequence, path, hash, created_at)
            VALUES ('x', 'sellers', 2, 'p', 'theirs', now())
            """,
            transaction: transaction
        );

        var append = Task.Run(() => AppendAsync(home, "sellers"));
        await UntilAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'", n => n > 0);
        await transaction.CommitAsync();
        await append;

        var chain = await home.Receipts.ListAsync("sellers", 10, null, CancellationToken.None);
        chain.Items.OrderBy(r => r.Sequence).Select(r => r.Hash).ShouldBe(["after 0", "theirs", "after 2"]);
    }

    [Fact]
    public async Task Tables_of_a_schema_that_is_named_like_the_user_are_left_alone()
    {
        await _database.ExecuteAsync(
            """
            CREATE SCHEMA trueup;
            CREATE TABLE trueup.sync_audit_logs (id text);
            CREATE TABLE trueup.trueup_migrations (version integer, checksum text);
            CREATE TABLE public.sync_status (id text)
            """
        );

        await using var home = OpenHome(_database.Url);
        await RunAsync(home, "sellers");

        (await _database.ScalarAsync<long>("SELECT count(*) FROM trueup.sync_audit_logs")).ShouldBe(0);
        (await _database.ScalarAsync<long>("SELECT count(*) FROM trueup_control.sync_audit_logs")).ShouldBe(1);
    }

    [Fact]
    public async Task A_user_without_further_rights_can_use_a_schema_that_was_made_for_it()
    {
        await _database.ExecuteAsync(
            """
            CREATE ROLE plain LOGIN PASSWORD 'secret word';
            CREATE SCHEMA trueup_control AUTHORIZATION plain
            """
        );
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Username = "plain",
            Password = "secret word",
        };

        await using (var home = OpenHome(connection.ConnectionString))
        {
            await RunAsync(home, "sellers");
        }

        await _database.ExecuteAsync("DROP OWNED BY plain; DROP ROLE plain");
    }

    [Fact]
    public async Task A_user_that_may_not_create_the_schema_is_told_what_to_grant()
    {
        await _database.ExecuteAsync("CREATE ROLE nobody_much LOGIN PASSWORD 'hunter2'");
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Username = "nobody_much",
            Password = "hunter2",
        };

        var error = Should.Throw<SideException>(() => OpenHome(connection.ConnectionString));

        (error.Code, error.IsTransient).ShouldBe(("audit_unavailable", false));
        error.Suggestion.ShouldContain("CREATE on the database");
        await _database.ExecuteAsync("DROP ROLE nobody_much");
    }

    [Fact]
    public async Task A_server_that_only_reads_is_unavailable_and_not_for_a_moment_only()
    {
        await using (OpenHome(_database.Url)) { }
        await _database.ExecuteAsync($"ALTER DATABASE {_database.Name} SET default_transaction_read_only = on");
        await using var home = OpenHome(_database.Url);

        var error = await Should.ThrowAsync<SideException>(() => RunAsync(home, "sellers"));

        (error.Code, error.IsTransient).ShouldBe(("audit_unavailable", false));
        error.Message.ShouldContain("read-only");
    }

    [Theory]
    [InlineData("Password", "hunter2", "password", false)]
    [InlineData("Database", "not_there", "does not exist", false)]
    [InlineData("Port", "1", "cannot be reached", true)]
    [InlineData("Host", "host.invalid", "cannot be reached", true)]
    public async Task A_database_that_cannot_be_reached_is_unavailable_with_a_way_out_and_without_its_password(
        string keyword,
        string value,
        string reason,
        bool transient
    )
    {
        await _database.ExecuteAsync("CREATE ROLE stranger LOGIN PASSWORD 's3cr3t'");
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Username = "stranger",
            Password = "s3cr3t",
            [keyword] = value,
        };

        var error = Should.Throw<SideException>(() => OpenHome(settings.ConnectionString));

        (error.Code, error.IsTransient).ShouldBe(("audit_unavailable", transient), error.Message);
        error.Message.ShouldContain(reason);
        error.Suggestion.ShouldNotBeEmpty();
        error.ToString().ShouldNotContain(settings.Password);
        await _database.ExecuteAsync("DROP ROLE stranger");
    }

    private TrueUpHome OpenHome(string connection) => TrueUpHome.Open(_folder.File("home"), _clock, connection);

    private async Task RunAsync(TrueUpHome home, string pipeline)
    {
        await using var run = await home.Audit.StartAsync(Sample.Start(_clock, pipeline), CancellationToken.None);
        await run.UnitAsync(Sample.Unit(), CancellationToken.None);
        await run.CompleteAsync(Sample.Outcome(run, _clock, pipeline: pipeline), CancellationToken.None);
    }

    private async Task AppendAsync(TrueUpHome home, string pipeline)
    {
        await using var run = await home.Audit.StartAsync(Sample.Start(_clock, pipeline), CancellationToken.None);
        await home.Receipts.AppendAsync(
            pipeline,
            run.RunId,
            head => $"after {head?.Sequence ?? 0}",
            CancellationToken.None
        );
    }

    private async Task UntilAsync(string sql, Func<long, bool> holds)
    {
        // The server waits between two looks.
        for (var look = 0; look < 200 && !holds(await _database.ScalarAsync<long>(sql)); look++)
        {
            await _database.ExecuteAsync("SELECT pg_sleep(0.05)");
        }
    }

    private static async Task DisposeAllAsync(TrueUpHome[] homes)
    {
        foreach (var home in homes)
        {
            await home.DisposeAsync();
        }
    }
}
