using TrueUp.Bench.Faults;
using TrueUp.Bench.Faults.Hostile;

namespace TrueUp.Cli.Tests.Faults;

/// <summary>
/// The fault programs of <c>./dev fault</c> with little data. Their moments are random on purpose; the seed says which.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Fifty_runs_killed_at_random_moments_leave_nothing_lost_doubled_or_invented()
    {
        var report = await RunAsync(
            new KillProgram(),
            new FaultSettings(50, Seed: 7, Rows: 20_000, [Route.CsvToSqlite])
        );
        report.Total("killed").ShouldBe(50);
    }

    [Fact]
    public async Task Runs_into_a_server_that_are_killed_leave_nothing_lost_doubled_or_invented()
    {
        var report = await RunAsync(
            new KillProgram(),
            new FaultSettings(6, Seed: 7, Rows: 10_000, [Route.CsvToPostgres, Route.PostgresToPostgres])
        );
        report.Total("killed").ShouldBe(6);
    }

    [Theory]
    [InlineData(Route.CsvToSqlite)]
    [InlineData(Route.CsvToPostgres)]
    public async Task A_stopped_run_that_wakes_up_writes_nothing_after_a_newer_one(string route)
    {
        var report = await RunAsync(new ZombieProgram(), new FaultSettings(2, Seed: 7, Rows: 20_000, [route]));
        report.Total("woken").ShouldBe(2);
        report.Total("woken exit 1 fenced").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_connection_that_is_cut_held_up_or_garbled_never_leads_to_a_wrong_success() =>
        await RunAsync(new CutProgram(), new FaultSettings(5, Seed: 7, Rows: 5_000, []));

    [Fact]
    public async Task A_run_whose_server_is_killed_or_stopped_is_taken_over_and_proven_by_another()
    {
        var report = await RunAsync(new ServersProgram(), new FaultSettings(4, Seed: 7, Rows: 30_000, []));
        report.Total("killed: taken over").ShouldBe(2);
        report.Total("stopped: taken over").ShouldBe(2);
    }

    [Fact]
    public async Task Whatever_a_file_holds_it_is_read_or_refused_with_a_reason()
    {
        var report = await RunAsync(new HostileProgram(), new FaultSettings(2_000, Seed: 7, Rows: 0, []));
        report.Total("").ShouldBe(2_000);
        // Neither everything nor nothing is refused, or little would be tried.
        foreach (var kind in (string[])["csv: read", "xlsx: read", "yaml: taken", "json: holds"])
        {
            report.Total(kind).ShouldBeGreaterThan(5, kind);
        }
    }

    private async Task<FaultReport> RunAsync(IFaultProgram program, FaultSettings settings)
    {
        using var lines = new StringWriter();
        var report = new FaultReport(lines);
        await program.RunAsync(settings, report, TestContext.Current.CancellationToken);
        report.Sum(program.Name, settings);
        output.WriteLine(lines.ToString());
        report.Violations.ShouldBeEmpty();
        return report;
    }
}
