using Npgsql;
using TrueUp.Store.Database;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;
using TrueUp.Testing.Postgres;

namespace TrueUp.Store.Tests.Database;

/// <summary>What a member of <c>trueup_reader</c> may do, tried with one.</summary>
public sealed class PostgresReaderTests(PostgresCluster cluster) : IAsyncLifetime
{
    /// <summary>What monitoring reads, with a column where not all are for it.</summary>
    private static readonly Dictionary<string, string> Readable = new()
    {
        ["sync_status"] = "*",
        ["sync_metrics"] = "*",
        ["sync_metrics_daily"] = "*",
        ["sync_health_summary"] = "*",
        ["sync_alerts"] = "*",
        ["alert_rules"] = "*",
        ["sync_nodes"] = "*",
        ["sync_unit_results"] = "success, error_message",
        ["sync_error_log"] = "error_type, error_message",
        ["sync_execution_history"] = "*",
        ["sync_tournament_results"] = "*",
    };

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
    public async Task A_reader_reads_what_monitoring_needs_nothing_else_and_writes_nothing()
    {
        await using var home = TrueUpHome.Open(_folder.File("home"), _clock, _database.Url);
        home.Warnings.ShouldBeEmpty();
        await using (var run = await home.Audit.StartAsync(Sample.Start(_clock), CancellationToken.None))
        {
            await run.UnitAsync(Sample.Unit(), CancellationToken.None);
            await run.CompleteAsync(Sample.Outcome(run, _clock), CancellationToken.None);
        }
        await using var reader = await LoginAsync();
        var names = await _database.QueryAsync(
            """
            SELECT c.relname::text, c.relkind = 'r' FROM pg_class c
            WHERE c.relnamespace = 'trueup_control'::regnamespace AND c.relkind IN ('r', 'v', 'm')
            """
        );
        names.Count.ShouldBeGreaterThan(20);

        foreach (var (name, isTable) in names.Select(row => ((string)row[0]!, (bool)row[1]!)))
        {
            var columns = Readable.GetValueOrDefault(name);
            (await StateAsync(reader, $"SELECT {columns ?? "*"} FROM trueup_control.{name}")).ShouldBe(
                columns is null ? PostgresErrorCodes.InsufficientPrivilege : null,
                $"SELECT {name}"
            );
            foreach (
                var write in (string[])
                    [
                        $"INSERT INTO trueup_control.{name} DEFAULT VALUES",
                        $"DELETE FROM trueup_control.{name}",
                        isTable ? $"TRUNCATE trueup_control.{name}" : $"DELETE FROM trueup_control.{name}",
                    ]
            )
            {
                // A view of several tables refuses everybody, before it asks who they are.
                var states = isTable
                    ? [PostgresErrorCodes.InsufficientPrivilege]
                    : (string[])
                        [PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.ObjectNotInPrerequisiteState];
                (await StateAsync(reader, write)).ShouldBeOneOf(states);
            }
        }
        foreach (
            var hidden in (string[])["verification_result FROM sync_unit_results", "record_key FROM sync_error_log"]
        )
        {
            (await StateAsync(reader, $"SET search_path = trueup_control; SELECT {hidden}")).ShouldBe(
                PostgresErrorCodes.InsufficientPrivilege
            );
        }
        (await StateAsync(reader, "CREATE TABLE trueup_control.mine (id integer)")).ShouldBe(
            PostgresErrorCodes.InsufficientPrivilege
        );
        (await ScalarAsync(reader, "SELECT count(*) FROM trueup_control.sync_status")).ShouldBe(1);
        (await ScalarAsync(reader, "SELECT count(*) FROM trueup_control.sync_execution_history")).ShouldBe(1);
    }

    [Fact]
    public async Task A_grant_given_by_mistake_shows_no_row()
    {
        await using var home = TrueUpHome.Open(_folder.File("home"), _clock, _database.Url);
        await using var run = await home.Audit.StartAsync(Sample.Start(_clock), CancellationToken.None);
        await using var reader = await LoginAsync();

        await _database.ExecuteAsync("GRANT ALL ON ALL TABLES IN SCHEMA trueup_control TO trueup_reader");

        (await ScalarAsync(reader, "SELECT count(*) FROM trueup_control.sync_audit_logs")).ShouldBe(0);
        (await ScalarAsync(reader, "SELECT count(*) FROM trueup_control.sync_jobs")).ShouldBe(0);
        (
            await StateAsync(
                reader,
                "INSERT INTO trueup_control.sync_config (config_key, updated_at, updated_by) VALUES ('a', now(), 'x')"
            )
        ).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_table_that_came_later_is_closed_when_the_home_is_opened_again()
    {
        await using (TrueUpHome.Open(_folder.File("home"), _clock, _database.Url)) { }
        await _database.ExecuteAsync("CREATE TABLE trueup_control.later (id integer)");

        await using (TrueUpHome.Open(_folder.File("home"), _clock, _database.Url)) { }

        (
            await _database.ScalarAsync<bool>(
                "SELECT relrowsecurity FROM pg_class WHERE oid = 'trueup_control.later'::regclass"
            )
        ).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_the_right_to_make_the_role_there_is_a_warning_and_everything_else_works()
    {
        // Roles belong to a whole cluster, and others of this one have the reader already.
        await using var own = new PostgresCluster();
        await using var database = await own.CreateDatabaseAsync();
        await database.ExecuteAsync(
            $"CREATE ROLE plain LOGIN PASSWORD 'p'; GRANT CREATE ON DATABASE {database.Name} TO plain"
        );
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Username = "plain",
            Password = "p",
        };

        await using (var home = TrueUpHome.Open(_folder.File("home"), _clock, connection.ConnectionString))
        {
            var warning = home.Warnings.ShouldHaveSingleItem();
            (warning.Code, warning.IsError).ShouldBe(("reader_role_missing", false));
            warning.Suggestion.ShouldContain("CREATE ROLE trueup_reader");
            await using var run = await home.Audit.StartAsync(Sample.Start(_clock), CancellationToken.None);
        }
        await database.ExecuteAsync("CREATE ROLE trueup_reader NOLOGIN");

        await using (var home = TrueUpHome.Open(_folder.File("home"), _clock, connection.ConnectionString))
        {
            home.Warnings.ShouldBeEmpty();
        }
        (
            await database.ScalarAsync<bool>(
                "SELECT has_table_privilege('trueup_reader', 'trueup_control.sync_status', 'SELECT')"
            )
        ).ShouldBeTrue();
    }

    private async Task<NpgsqlConnection> LoginAsync()
    {
        var name = $"looker_{_database.Name}";
        await _database.ExecuteAsync($"CREATE ROLE {name} LOGIN PASSWORD 'p' IN ROLE trueup_reader");
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Username = name,
            Password = "p",
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>What the server answers: null when it does as it is told.</summary>
    private static async Task<string?> StateAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException error)
        {
            return error.SqlState;
        }
    }

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
