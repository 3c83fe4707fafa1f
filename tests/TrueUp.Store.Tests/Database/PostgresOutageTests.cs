using Npgsql;
using TrueUp.Sides;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;
using TrueUp.Testing.Postgres;

namespace TrueUp.Store.Tests.Database;

/// <summary>A control database that goes away and comes back; each test has a server of its own.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private readonly PostgresCluster _cluster = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private TrueUpHome _home = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await _cluster.GetConnectionStringAsync())
        {
            Timeout = 3,
            CommandTimeout = 3,
            CancellationTimeout = 500,
        };
        _home = TrueUpHome.Open(_folder.File("home"), _clock, connection.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _home.DisposeAsync();
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_that_was_restarted_between_two_writes_is_not_noticed()
    {
        await RunAsync();
        (await CountAsync()).ShouldBe(1);
        await _cluster.RestartAsync();
        await RunAsync();
        await _cluster.RestartAsync(crash: true);
        await RunAsync();
        await _cluster.RestartAsync(crash: true);

        (await CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_unavailable_for_now_and_used_again_when_it_is_back()
    {
        await RunAsync();
        await _cluster.StopAsync(crash: true);

        Unavailable(await Should.ThrowAsync<SideException>(RunAsync));
        Unavailable(await Should.ThrowAsync<SideException>(CountAsync));

        await _cluster.RestartAsync();
        await RunAsync();
        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_answers_nothing_is_unavailable_in_time_and_used_again_when_it_goes_on()
    {
        await RunAsync();
        (await CountAsync()).ShouldBe(1);
        await _cluster.PauseAsync();

        // However many wait, nobody waits for the others' time limits.
        var waiting = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Should.ThrowAsync<SideException>(RunAsync))
        );
        Array.ForEach(waiting, Unavailable);
        Unavailable(await Should.ThrowAsync<SideException>(CountAsync));

        await _cluster.ResumeAsync();
        await RunAsync();
        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_run_whose_trail_has_a_hole_does_not_end_well()
    {
        await using var run = await _home.Audit.StartAsync(Sample.Start(_clock), CancellationToken.None);
        await _cluster.StopAsync();
        await run.UnitAsync(Sample.Unit(), CancellationToken.None);

        Unavailable(
            await Should.ThrowAsync<SideException>(async () =>
                await run.CompleteAsync(Sample.Outcome(run, _clock), CancellationToken.None)
            )
        );

        await _cluster.RestartAsync();
        var runs = await _home.Runs.ListAsync(new RunQuery(), CancellationToken.None);
        runs.Items.ShouldHaveSingleItem().Status.ShouldBe(RunState.InProgress);
    }

    private static void Unavailable(SideException error)
    {
        (error.Code, error.IsTransient).ShouldBe(("audit_unavailable", true), error.Message);
        error.ToString().ShouldNotContain("Password");
    }

    private async Task RunAsync()
    {
        await using var run = await _home.Audit.StartAsync(Sample.Start(_clock), CancellationToken.None);
        await run.CompleteAsync(Sample.Outcome(run, _clock), CancellationToken.None);
    }

    private async Task<int> CountAsync() =>
        (await _home.Runs.ListAsync(new RunQuery { Limit = 100 }, CancellationToken.None)).Items.Count;
}
