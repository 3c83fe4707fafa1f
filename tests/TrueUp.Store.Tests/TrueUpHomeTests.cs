using Dapper;
using TrueUp.Sides;
using TrueUp.Store.Audit;
using TrueUp.Store.Database;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests;

public sealed class TrueUpHomeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_home_is_created_with_what_it_needs_and_only_its_owner_can_look_into_it()
    {
        await using var home = TrueUpHome.Open(_folder.File("a/home"), _clock);

        foreach (var name in (string[])["", "records", "undo", "receipts", "logs"])
        {
            var path = Path.Combine(home.Folder, name);
            Directory.Exists(path).ShouldBeTrue();
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(path)
                    .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                File.GetUnixFileMode(Path.Combine(home.Folder, "trueup.db"))
                    .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        _folder.Write("home/trueup.db", string.Concat(Enumerable.Repeat("this is no database\n", 500)));

        var error = Should.Throw<SideException>(() => TrueUpHome.Open(_folder.File("home"), _clock));

        error.Code.ShouldBe("control_database_corrupt");
        error.Message.ShouldContain("trueup.db");
        error.Suggestion.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_folder_that_cannot_be_created_is_a_clear_error()
    {
        _folder.Write("file", "x");

        Should
            .Throw<SideException>(() => TrueUpHome.Open(_folder.File("file/home"), _clock))
            .Code.ShouldBe("audit_unavailable");
    }

    [Fact]
    public async Task A_run_does_not_start_when_its_start_cannot_be_recorded()
    {
        var path = _folder.File("trueup.db");
        await using var home = TrueUpHome.Open(
            _folder.Path,
            _clock,
            new SqliteControlDatabase(path, lockTimeoutSeconds: 1)
        );
        using var database = new SqliteControlDatabase(path);
        using var connection = database.Connect();
        connection.Execute("BEGIN EXCLUSIVE");

        var error = await Should.ThrowAsync<SideException>(async () =>
            await home.Audit.StartAsync(Sample.Start(_clock), CancellationToken.None)
        );

        error.Code.ShouldBe("audit_unavailable");
        error.Message.ShouldContain("locked");
        connection.Execute("ROLLBACK");
        (await home.Runs.ListAsync(new(), CancellationToken.None)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_whose_records_cannot_be_written_does_not_end_well()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        await using var run = await home.Audit.StartAsync(Sample.Start(_clock), CancellationToken.None);
        // A file stands where the run's folder should be.
        _folder.Write($"records/{run.RunId}", "x");
        run.Record("", TrueUp.Audit.RecordOperation.Create, "AA1", null);

        var error = await Should.ThrowAsync<SideException>(async () =>
            await run.CompleteAsync(Sample.Outcome(run, _clock), CancellationToken.None)
        );

        error.Code.ShouldBe("audit_unavailable");
        Should
            .Throw<SideException>(() => run.Record("", TrueUp.Audit.RecordOperation.Create, "AA2", null))
            .Code.ShouldBe("audit_unavailable");
    }

    [Fact]
    public async Task Two_programs_can_open_a_new_home_at_the_same_time()
    {
        var homes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => TrueUpHome.Open(_folder.Path, _clock)))
        );
        foreach (var home in homes)
        {
            await using var run = await home.Audit.StartAsync(Sample.Start(_clock), CancellationToken.None);
            await run.CompleteAsync(Sample.Outcome(run, _clock), CancellationToken.None);
        }

        (await homes[0].Runs.ListAsync(new(), CancellationToken.None)).Items.Count.ShouldBe(8);
        foreach (var home in homes)
        {
            await home.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("..", "01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("a/b", "01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("sellers", "../../etc/passwd")]
    [InlineData("sellers", "01ARZ3NDEKTSV4RRFFQ69G5FA/")]
    public void A_receipt_does_not_lead_out_of_its_folder(string pipeline, string runId) =>
        Should.Throw<ArgumentException>(() => Store.Receipts.ReceiptIndex.RelativePath(pipeline, runId));
}
