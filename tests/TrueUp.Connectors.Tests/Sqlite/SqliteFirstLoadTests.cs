using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>Which journal a database has during its first load, and afterwards.</summary>
public sealed class SqliteFirstLoadTests : IDisposable
{
    private static readonly RowPlan Simple = Tables.Plan(("id", LogicalType.Int64), ("v", LogicalType.Text));

    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_database_of_ours_gets_its_log_after_the_first_load()
    {
        await using var target = _file.Target();
        await target.PrepareAsync(Simple, create: true, [], default);
        await using var writer = await target.BeginAsync("p", "r", null, Simple, default);
        await LoadAsync(writer, "1");
        _file.Scalar("PRAGMA journal_mode").ShouldBe("delete");
        await writer.SaveProofAsync("{}", default);
        _file.Scalar("PRAGMA journal_mode").ShouldBe("wal");
        _file.Scalar("PRAGMA application_id").ShouldBe(0L);
    }

    [Fact]
    public async Task A_run_after_one_that_ended_during_its_first_load_makes_the_log()
    {
        await using var target = _file.Target();
        await target.PrepareAsync(Simple, create: true, [], default);
        await using (var killed = await target.BeginAsync("p", "r1", null, Simple, default))
        {
            await LoadAsync(killed, "1");
        }
        await using var writer = await target.BeginAsync("p", "r2", null, Simple, default);
        using var rows = Sample.Encode(
            Simple.Schema,
            [
                ["2", "b"],
            ]
        );
        await writer.ApplyAsync(new ChangeBatch(ChangeKind.Create, rows, default, 0), default);
        _file.Scalar("PRAGMA journal_mode").ShouldBe("wal");
        _file.Scalar("SELECT count(*) FROM t").ShouldBe(2L);
    }

    [Fact]
    public async Task A_first_load_under_the_eyes_of_a_reader_leaves_the_log_to_a_later_run()
    {
        await using var target = _file.Target();
        await target.PrepareAsync(Simple, create: true, [], default);
        await using var writer = await target.BeginAsync("p", "r", null, Simple, default);
        await LoadAsync(writer, "1");
        using (var reader = _file.Open())
        using (var command = reader.CreateCommand())
        {
            command.CommandText = "BEGIN; SELECT * FROM t";
            using var rows = command.ExecuteReader();
            rows.Read().ShouldBeTrue();
            // The proof is not written under a reader either; that is told as a lock, which passes.
            (
                await Tables.FailureAsync(async () => await writer.SaveProofAsync("{}", default))
            ).IsTransient.ShouldBeTrue();
        }
        _file.Scalar("PRAGMA journal_mode").ShouldBe("delete");
        await using var later = await target.BeginAsync("p", "r2", null, Simple, default);
        await later.SaveProofAsync("{}", default);
        _file.Scalar("PRAGMA journal_mode").ShouldBe("wal");
    }

    [Fact]
    public async Task A_database_that_is_somebodys_keeps_its_journal()
    {
        _file.Execute("CREATE TABLE theirs (id)");
        await using var target = _file.Target();
        await target.PrepareAsync(Simple, create: true, [], default);
        _file.Scalar("PRAGMA journal_mode").ShouldBe("delete");
    }

    private static async Task LoadAsync(ITargetWriter writer, string id)
    {
        using var rows = Sample.Encode(
            Simple.Schema,
            [
                [id, "a"],
            ]
        );
        var batch = new ChangeBatch(ChangeKind.Create, rows, default, 0) { IntoEmpty = true };
        (await writer.ApplyAsync(batch, default)).ShouldBeEmpty();
    }
}
