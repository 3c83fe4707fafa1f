using Dapper;
using TrueUp.Sides;
using TrueUp.Store.Database;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Database;

public sealed class DatabaseWriterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteControlDatabase _database;
    private readonly DatabaseWriter _writer;

    public DatabaseWriterTests()
    {
        _database = new SqliteControlDatabase(_folder.File("test.db"), lockTimeoutSeconds: 1);
        using var connection = _database.Connect();
        connection.Execute("CREATE TABLE t (n INTEGER PRIMARY KEY)");
        _writer = new DatabaseWriter(_database);
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Jobs_are_done_in_their_order()
    {
        var seen = new List<int>();
        for (var i = 0; i < 5000; i++)
        {
            var n = i;
            await _writer.PostAsync(_ => seen.Add(n), Fail, CancellationToken.None);
        }
        await _writer.RunAsync(_ => { }, durable: true, CancellationToken.None);

        seen.ShouldBe(Enumerable.Range(0, 5000));
    }

    [Fact]
    public async Task A_job_that_fails_fails_alone()
    {
        var failures = new List<Exception>();
        foreach (var n in (int[])[1, 2, 2, 3, 3, 4])
        {
            await _writer.PostAsync(
                t => t.Execute("INSERT INTO t VALUES (@n)", new { n }),
                failures.Add,
                CancellationToken.None
            );
        }
        await _writer.RunAsync(_ => { }, durable: true, CancellationToken.None);

        using var connection = _database.Connect();
        connection.Query<int>("SELECT n FROM t ORDER BY n").ShouldBe([1, 2, 3, 4]);
        failures.Count.ShouldBe(2);
        failures.ShouldAllBe(f => f is SideException);
    }

    [Fact]
    public async Task What_was_queued_is_written_before_the_writer_goes()
    {
        for (var i = 0; i < 100; i++)
        {
            var n = i;
            await _writer.PostAsync(
                t => t.Execute("INSERT INTO t VALUES (@n)", new { n }),
                Fail,
                CancellationToken.None
            );
        }
        await _writer.DisposeAsync();

        using var connection = _database.Connect();
        connection.ExecuteScalar<int>("SELECT count(*) FROM t").ShouldBe(100);
    }

    [Fact]
    public async Task A_database_that_another_process_holds_is_unavailable_and_usable_afterwards()
    {
        using var connection = _database.Connect();
        connection.Execute("BEGIN EXCLUSIVE");

        var error = await Should.ThrowAsync<SideException>(() =>
            _writer.RunAsync(
                t => t.Execute("INSERT INTO t VALUES (@n)", new { n = 1 }),
                durable: true,
                CancellationToken.None
            )
        );

        error.Code.ShouldBe("audit_unavailable");
        error.IsTransient.ShouldBeTrue();
        connection.Execute("ROLLBACK");
        await _writer.RunAsync(
            t => t.Execute("INSERT INTO t VALUES (@n)", new { n = 1 }),
            durable: true,
            CancellationToken.None
        );
    }

    [Fact]
    public async Task A_job_that_fails_on_its_own_account_takes_no_other_with_it()
    {
        var failures = new List<Exception>();
        var refusal = new SideException(ErrorType.Validation, "no", "s") { Code = "refused" };
        using var full = new ManualResetEventSlim();
        // All of these are in one transaction: the first of them waits for the last.
        await _writer.PostAsync(_ => full.Wait(TimeSpan.FromSeconds(10)), Fail, CancellationToken.None);
        for (var i = 0; i < 6; i++)
        {
            var n = i;
            await _writer.PostAsync(
                t =>
                {
                    switch (n)
                    {
                        case 2:
                            throw refusal;
                        case 4:
                            throw new IOException("There is no room.");
                        default:
                            t.Execute("INSERT INTO t VALUES (@n)", new { n });
                            break;
                    }
                },
                failures.Add,
                CancellationToken.None
            );
        }
        full.Set();
        await _writer.RunAsync(_ => { }, durable: true, CancellationToken.None);

        using var connection = _database.Connect();
        connection.Query<int>("SELECT n FROM t ORDER BY n").ShouldBe([0, 1, 3, 5]);
        failures.Cast<SideException>().Select(f => f.Code).ShouldBe(["refused", "audit_unavailable"]);
    }

    private static void Fail(Exception error) => throw error;
}
