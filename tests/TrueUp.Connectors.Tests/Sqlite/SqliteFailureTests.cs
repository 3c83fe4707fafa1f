using System.Text;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>What can be wrong with a file, and what it is called.</summary>
public sealed class SqliteFailureTests : IDisposable
{
    private static readonly RowPlan Plan = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Text));

    private readonly TestFile _file = new();

    [Fact]
    public async Task A_missing_file_or_table_is_named()
    {
        await using var source = _file.Source();
        var error = await Tables.FailureAsync(async () => await source.DescribeAsync(default));
        error.Code.ShouldBe("file_missing");
        error.Message.ShouldContain(_file.Path);
        File.Exists(_file.Path).ShouldBeFalse();
        _file.Execute("CREATE TABLE other (id)");
        await using var second = _file.Source();
        (await Tables.FailureAsync(async () => await second.DescribeAsync(default))).Code.ShouldBe("table_missing");
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_cannot_be_opened()
    {
        Directory.CreateDirectory(_file.Path);
        await using var target = _file.Target();
        (
            await Tables.FailureAsync(async () => await target.PrepareAsync(Plan, create: true, [], default))
        ).Code.ShouldBe("permission_denied");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("id,name\n1,one\n", 100)));
        await File.WriteAllBytesAsync(_file.Path, content);
        await using var target = _file.Target();
        (await Tables.FailureAsync(async () => await target.DescribeAsync(default))).Code.ShouldBe("not_a_database");
        (
            await Tables.FailureAsync(async () => await target.PrepareAsync(Plan, create: true, [], default))
        ).Code.ShouldBe("not_a_database");
        (await File.ReadAllBytesAsync(_file.Path)).ShouldBe(content);
    }

    [Fact]
    public async Task A_damaged_page_is_told()
    {
        _file.Execute(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO t SELECT i, 'some text ' || i FROM n
            """
        );
        var bytes = await File.ReadAllBytesAsync(_file.Path);
        Array.Fill(bytes, (byte)0xAA, 5 * 4096, 4096);
        await File.WriteAllBytesAsync(_file.Path, bytes);
        await using var source = _file.Source();
        var error = await Tables.FailureAsync(async () => await source.DescribeAsync(default));
        error.Code.ShouldBe("corrupt");
        error.Suggestion.ShouldContain("integrity_check");
    }

    [Theory]
    [InlineData("wal")]
    [InlineData("delete")]
    public async Task A_lock_of_another_program_is_transient_and_nothing_is_written(string journal)
    {
        _file.Execute($"PRAGMA journal_mode = {journal}; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
        await using var target = _file.Target();
        await using var writer = await target.BeginAsync("p", "r", null, Plan, default);
        using var rows = Sample.Encode(
            Plan.Schema,
            [
                ["1", "a"],
            ]
        );
        ChangeBatch batch = new(ChangeKind.Create, rows, default, 0);
        using (var other = _file.Open())
        using (other.BeginTransaction())
        {
            var error = await Tables.FailureAsync(async () => await writer.ApplyAsync(batch, default));
            error.Code.ShouldBe("database_locked");
            error.IsTransient.ShouldBeTrue();
            error.IsRecordFault.ShouldBeFalse();
        }
        (await writer.ApplyAsync(batch, default)).ShouldBeEmpty();
        _file.Scalar("SELECT count(*) FROM t").ShouldBe(1L);
    }

    [Fact]
    public async Task A_row_set_of_a_target_with_a_rollback_journal_lets_the_writer_write_and_notices()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a')");
        await using var target = _file.Target();
        await using var rows = await target.OpenAsync(Plan, default);
        (await rows.DigestAsync(Partitioning.Whole, 1, default))[0].Count.ShouldBe(1);
        await rows.CheckUnchangedAsync(default);
        (
            await target.ApplyAsync(
                Plan,
                ChangeKind.Create,
                [
                    ["2", "b"],
                ]
            )
        ).ShouldBeEmpty();
        var error = await Tables.FailureAsync(async () => await rows.CheckUnchangedAsync(default));
        error.Code.ShouldBe("target_changed");
        error.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_may_only_be_read_is_read_and_not_written()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a')");
        // A database of a newer write format may be read; unlike a file mode this binds the superuser too.
        await using (var file = File.OpenWrite(_file.Path))
        {
            file.Position = 18;
            file.WriteByte(3);
        }
        await using var target = _file.Target();
        (await target.RowsAsync(Plan)).Count.ShouldBe(1);
        var error = await Tables.FailureAsync(async () => await target.BeginAsync("p", "r", null, Plan, default));
        error.Code.ShouldBe("target_read_only");
        error.IsTransient.ShouldBeFalse();
        (
            await Tables.FailureAsync(async () =>
                await target.PrepareAsync(
                    Tables.Plan(("id", LogicalType.Int64), ("x", LogicalType.Text)),
                    false,
                    ["x"],
                    default
                )
            )
        ).Code.ShouldBe("target_read_only");
    }

    [Fact]
    public async Task A_full_disk_undoes_the_batch()
    {
        // SQLite reports the same when a table runs out of row numbers, which takes no full disk.
        _file.Execute(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);
            CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
            INSERT INTO log VALUES (9223372036854775806, '');
            CREATE TRIGGER logged AFTER INSERT ON t BEGIN INSERT INTO log (v) VALUES (NEW.v); END
            """
        );
        await using var target = _file.Target();
        var error = await Tables.FailureAsync(() =>
            target.ApplyAsync(
                Plan,
                ChangeKind.Create,
                [
                    ["1", "a"],
                    ["2", "b"],
                ]
            )
        );
        error.Code.ShouldBe("disk_full");
        error.IsRecordFault.ShouldBeFalse();
        (await target.RowsAsync(Plan)).ShouldBeEmpty();
        _file.Scalar("SELECT checkpoint FROM trueup_state").ShouldBe(0L);
    }

    [Fact]
    public async Task A_trigger_that_refuses_a_record_does_not_tell_its_values()
    {
        _file.Execute(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);
            CREATE TRIGGER no BEFORE INSERT ON t WHEN NEW.v = 'secret' BEGIN SELECT RAISE(ABORT, 'no secret here'); END
            """
        );
        await using var target = _file.Target();
        var error = await Tables.FailureAsync(() =>
            target.ApplyAsync(
                Plan,
                ChangeKind.Create,
                [
                    ["1", "secret"],
                ]
            )
        );
        error.IsRecordFault.ShouldBeTrue();
        error.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_condition_that_is_no_SQL_is_told()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
        await using var target = _file.Target("t", ("owns", "nonsense = 1"));
        await using var rows = await target.OpenAsync(Plan, default);
        (await Tables.FailureAsync(async () => await rows.IsEmptyAsync(default))).Code.ShouldBe("sql_error");
    }

    [Fact]
    public async Task What_a_killed_writer_began_is_rolled_back_by_the_next_reader()
    {
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'before')");
        // A copy made in the middle of a commit is what a kill leaves: a changed file and its journal.
        var copy = Path.Combine(_file.Folder, "copy.db");
        using (var connection = _file.Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText =
                "PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN; UPDATE t SET v = 'during'; CREATE TABLE filler (v)";
            command.ExecuteNonQuery();
            for (var i = 0; i < 200; i++)
            {
                command.CommandText = "INSERT INTO filler VALUES (randomblob(3000))";
                command.ExecuteNonQuery();
            }
            File.Copy(_file.Path, copy);
            File.Copy(_file.Path + "-journal", copy + "-journal");
        }
        await using var target = TestFile.Connector.OpenTarget(_file.Side(("table", "t")).With("path", copy));
        (await target.RowsAsync(Plan)).ShouldBe([
            ["1", "before"],
        ]);
        File.Exists(copy + "-journal").ShouldBeFalse();
    }

    public void Dispose() => _file.Dispose();
}
