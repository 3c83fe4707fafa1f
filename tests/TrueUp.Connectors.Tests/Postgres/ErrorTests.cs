using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

public sealed class ErrorTests(PostgresCluster cluster) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        await _database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, n text); INSERT INTO t VALUES (1, 'a')");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_server_that_is_there_can_be_pinged_and_one_that_is_not_says_so()
    {
        var there = PostgresFixture.Side(_database.ConnectionString, "table", "t");
        await PostgresFixture.Connector.PingAsync(there, TestContext.Current.CancellationToken);

        var gone = there.With("connection", _database.ConnectionString + ";Port=1");
        var error = await Should.ThrowAsync<SideException>(async () =>
            await PostgresFixture.Connector.PingAsync(gone, TestContext.Current.CancellationToken)
        );
        error.Code.ShouldBe("cannot_connect");
    }

    [Theory]
    [InlineData("Password=sEcReT", "wrong_password", ErrorType.Auth, false)]
    [InlineData("Password=", "wrong_password", ErrorType.Auth, false)]
    [InlineData("Database=absent;Password=trueup", "database_missing", ErrorType.Database, false)]
    [InlineData("Port=1", "cannot_connect", ErrorType.Network, true)]
    [InlineData("Host=no-such-host.invalid", "cannot_connect", ErrorType.Network, true)]
    public async Task A_connection_that_cannot_be_made_says_why(
        string change,
        string code,
        ErrorType type,
        bool isTransient
    )
    {
        var side = PostgresFixture.Side($"{_database.ConnectionString};{change}", "table", "t");
        await using var source = PostgresFixture.Connector.OpenSource(side);
        await using var target = PostgresFixture.Connector.OpenTarget(side);
        foreach (
            var attempt in (Func<Task>[])
                [async () => await source.DescribeAsync(default), async () => await target.DescribeAsync(default)]
        )
        {
            var error = await Should.ThrowAsync<SideException>(attempt);
            (error.Code, error.Type, error.IsTransient, error.IsRecordFault).ShouldBe((code, type, isTransient, false));
            error.ToString().ShouldNotContain("sEcReT");
            error.Suggestion.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public async Task A_missing_table_a_missing_permission_and_a_view_as_target_are_told_apart()
    {
        await _database.ExecuteAsync("CREATE VIEW v AS SELECT 1 AS id");
        await cluster.ExecuteAsync($"CREATE ROLE reader_{_database.Name} LOGIN PASSWORD 'x'");
        try
        {
            (
                await CodeAsync(async () =>
                    await PostgresFixture.Source(_database, "table", "absent").DescribeAsync(default)
                )
            ).ShouldBe("table_missing");
            (await CodeAsync(async () => await PostgresFixture.Target(_database, "v").DescribeAsync(default))).ShouldBe(
                "not_a_table"
            );
            (
                await CodeAsync(async () =>
                    await PostgresFixture.Target(_database, "t").MissingAsync("absent", "id", ["1"], default)
                )
            ).ShouldBe("table_missing");
            (
                await CodeAsync(async () =>
                    await PostgresFixture.Target(_database, "t").MissingAsync("t", "absent", ["1"], default)
                )
            ).ShouldBe("column_missing");
            var reader = $"{_database.ConnectionString};Username=reader_{_database.Name};Password=x";
            await using var source = PostgresFixture.Connector.OpenSource(PostgresFixture.Side(reader, "table", "t"));
            (await CodeAsync(async () => await source.DescribeAsync(default))).ShouldBe("permission_denied");
            await _database.ExecuteAsync($"GRANT SELECT ON t TO reader_{_database.Name}");
            var plan = PostgresFixture.PlanOf(await source.DescribeAsync(default));
            await using var target = PostgresFixture.Connector.OpenTarget(PostgresFixture.Side(reader, "table", "t"));
            (await CodeAsync(async () => await target.BeginAsync("p", "r", null, plan, default))).ShouldBe(
                "permission_denied"
            );
            await _database.ExecuteAsync($"REVOKE ALL ON t FROM reader_{_database.Name}");
        }
        finally
        {
            await cluster.ExecuteAsync($"DROP ROLE reader_{_database.Name}");
        }
    }

    [Fact]
    public async Task A_read_only_target_is_said_to_be_one_and_stays_untouched()
    {
        await cluster.ExecuteAsync($"ALTER DATABASE {_database.Name} SET default_transaction_read_only = on");
        await using var target = PostgresFixture.Target(_database, "t");
        var plan = PostgresFixture.PlanOf((await target.DescribeAsync(default))!);
        (await CodeAsync(async () => await target.BeginAsync("p", "r", null, plan, default))).ShouldBe(
            "target_read_only"
        );
        (await target.ReadStateAsync("p", default)).ShouldBeNull();
        (
            await CodeAsync(async () =>
                await PostgresFixture.Target(_database, "x").PrepareAsync(plan, create: true, [], default)
            )
        ).ShouldBe("target_read_only");
    }

    [Fact]
    public async Task A_lost_connection_is_transient_for_readers_and_writers_and_both_can_be_opened_again()
    {
        await using var target = PostgresFixture.Target(_database, "t");
        var plan = PostgresFixture.PlanOf((await target.DescribeAsync(default))!);
        await using var rows = await target.OpenAsync(plan, default);
        await using var writer = await target.BeginAsync("p", "r", null, plan, default);
        await rows.DigestAsync(Partitioning.Whole, 0, default);
        await _database.QueryAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'trueup'"
        );

        using var batch = Sample.Encode(
            plan.Schema,
            [
                ["2", "b"],
            ]
        );
        foreach (
            var attempt in (Func<Task>[])
                [
                    async () => await writer.ApplyAsync(new ChangeBatch(ChangeKind.Create, batch, default, 0), default),
                    async () => await writer.SaveProofAsync("{}", default),
                    async () => await rows.DigestAsync(Partitioning.Whole, 0, default),
                    async () => await rows.AllAsync(),
                    async () => await rows.CheckUnchangedAsync(default),
                ]
        )
        {
            var error = await Should.ThrowAsync<SideException>(attempt);
            error.IsTransient.ShouldBeTrue(error.Message);
            error.IsRecordFault.ShouldBeFalse();
        }
        await using var again = await target.BeginAsync("p", "r2", null, plan, default);
        again.Epoch.ShouldBe(2);
        (await again.ApplyAsync(new ChangeBatch(ChangeKind.Create, batch, default, 0), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_statement_that_is_cancelled_leaves_with_the_callers_token()
    {
        await using var source = PostgresFixture.Source(
            _database,
            "query",
            "SELECT i AS id, pg_sleep(600) FROM generate_series(1, 2) AS i"
        );
        var schema = await source.DescribeAsync(default);
        RowPlan plan = new([new("id", "id", LogicalType.Int32), new("pg_sleep", "s", LogicalType.Text)], [0]);
        schema.Columns[1].Type.Kind.ShouldBe(LogicalKind.Raw);
        await using var rows = await source.OpenAsync(plan, default);
        using CancellationTokenSource stop = new();
        var reading = rows.ReadAsync(PartSelection.Everything, null, stop.Token).TuplesAsync();
        while (
            await _database.ScalarAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY %' AND wait_event = 'PgSleep'"
            ) == 0
        )
        {
            reading.IsCompleted.ShouldBeFalse();
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(reading);
    }

    [Fact]
    public async Task A_run_that_is_stuck_within_a_batch_is_reported_with_its_session_and_not_waited_for()
    {
        await using var target = PostgresFixture.Target(_database, "t");
        var plan = PostgresFixture.PlanOf((await target.DescribeAsync(default))!);
        await using (await target.BeginAsync("p", "stuck", null, plan, default)) { }
        await using var stuck = await _database.OpenAsync();
        await using var batch = await stuck.BeginTransactionAsync();
        await using (
            Npgsql.NpgsqlCommand check = new(
                "UPDATE trueup.state SET checkpoint = 1 WHERE pipeline = 'p'",
                stuck,
                batch
            )
        )
        {
            await check.ExecuteNonQueryAsync();
        }

        var error = await Should.ThrowAsync<SideException>(async () =>
            await target.BeginAsync("p", "next", null, plan, default)
        );
        (error.Code, error.IsTransient).ShouldBe(("target_busy", true));
        error.Suggestion.ShouldContain($"pg_terminate_backend({stuck.ProcessID})");
        await using var other = await target.BeginAsync("q", "other", null, plan, default);
        other.Epoch.ShouldBe(1);
    }

    [Fact]
    public async Task Something_that_is_no_server_is_told_as_a_connection_that_cannot_be_made()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener);
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        await using var target = PostgresFixture.Connector.OpenTarget(
            PostgresFixture.Side($"{_database.ConnectionString};Port={port};SSL Mode=Disable", "table", "t")
        );
        (await CodeAsync(async () => await target.DescribeAsync(default))).ShouldBe("cannot_connect");
        await answering;
    }

    // A message of a kind that the protocol does not know.
    private static async Task AnswerAsync(System.Net.Sockets.TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("\u0001\0\0\0\u0004"u8.ToArray());
        await client.GetStream().CopyToAsync(Stream.Null);
    }

    private static async Task<string> CodeAsync(Func<Task> attempt) =>
        (await Should.ThrowAsync<SideException>(attempt)).Code;
}
