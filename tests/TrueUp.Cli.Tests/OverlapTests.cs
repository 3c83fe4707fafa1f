using TrueUp.Runs;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Cli.Tests;

/// <summary>P39: a run from the command line and one of a server of the same home do not overlap.</summary>
public sealed class OverlapTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_pipeline_that_a_server_runs_is_not_run_by_the_command_line()
    {
        _cli.Write("rows.csv", "id,name\n1,a\n");
        var file = _cli.Write(
            "rows.yaml",
            """
            name: rows
            source: {type: csv, path: rows.csv}
            target: {type: sqlite, path: rows.db, table: rows}
            key: id
            """
        );
        await ClaimAsync(_cli.Home, JobClaims.LeaseMax);

        var refused = await _cli.RunAsync("run", file, "--json");
        var rehearsed = await _cli.RunAsync("run", file, "--dry-run", "--json");

        refused.ShouldExit(1);
        refused.Json.GetProperty("error").GetProperty("code").GetString().ShouldBe("already_running");
        rehearsed.ShouldExit(0);
    }

    [Fact]
    public async Task A_lease_from_before_the_clock_was_set_back_keeps_nobody_from_running()
    {
        _cli.Write("rows.csv", "id,name\n1,a\n");
        var file = _cli.Write(
            "rows.yaml",
            "name: rows\nsource: {type: csv, path: rows.csv}\ntarget: {type: sqlite, path: rows.db, table: rows}\nkey: id\n"
        );
        await ClaimAsync(_cli.Home, TimeSpan.FromDays(20));

        (await _cli.RunAsync("run", file, "--json")).ShouldExit(0);
    }

    private static async Task ClaimAsync(string folder, TimeSpan lease)
    {
        await using var home = TrueUpHome.Open(folder, TimeProvider.System);
        await home.Queue.EnqueueAsync(
            new JobRequest { Pipeline = "rows", Trigger = TriggerSource.Scheduled },
            CancellationToken.None
        );
        (
            await home.Claims.ClaimAsync(new JobClaim("n1", lease, 0, ["rows"]), CancellationToken.None)
        ).ShouldNotBeNull();
    }
}
