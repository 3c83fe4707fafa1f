using TrueUp.Server.Health;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;

namespace TrueUp.Server.Tests.Health;

public sealed class HealthBoardTests
{
    private readonly ManualClock _clock = new();
    private int _looks;

    [Fact]
    public async Task However_many_ask_each_thing_is_looked_at_once_in_a_while()
    {
        var board = Board(new Probe("a", (_) => Counted(ProbeResult.Healthy("fine"))));

        for (var i = 0; i < 100; i++)
        {
            (await board.ReportAsync(TestContext.Current.CancellationToken)).Status.ShouldBe(HealthStatus.Healthy);
        }
        _looks.ShouldBe(1);

        _clock.Advance(HealthBoard.MaxAge);
        await board.ReportAsync(TestContext.Current.CancellationToken);
        _looks.ShouldBe(2);
    }

    [Fact]
    public async Task What_hangs_is_given_up_after_its_time_and_not_asked_again_until_it_is_back()
    {
        var answer = new TaskCompletionSource<ProbeResult>();
        var entered = new TaskCompletionSource();
        var board = Board(
            new Probe(
                "a",
                async _ =>
                {
                    _looks++;
                    entered.TrySetResult();
                    return await answer.Task;
                }
            )
        );

        var first = board.ReportAsync(TestContext.Current.CancellationToken);
        await entered.Task;
        while (!first.IsCompleted)
        {
            // The limit may be set a moment after the look began.
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        var report = await first;
        report.Status.ShouldBe(HealthStatus.Unhealthy);
        report.Checks.Single(c => c.Name == "a").Result.Message.ShouldContain("within 4 seconds");

        _clock.Advance(HealthBoard.MaxAge);
        report = await board.ReportAsync(TestContext.Current.CancellationToken);
        report.Checks.Single(c => c.Name == "a").Result.Message.ShouldContain("not answered for a while");
        _looks.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_vital_only_degrades()
    {
        var board = Board(
            new Probe("a", _ => new(ProbeResult.Healthy("fine"))),
            new Probe("b", _ => new(ProbeResult.Unhealthy("gone"))) { IsVital = false }
        );

        (await board.ReportAsync(TestContext.Current.CancellationToken)).Status.ShouldBe(HealthStatus.Degraded);
    }

    [Fact]
    public async Task A_store_that_is_away_says_so_without_its_secrets()
    {
        var board = Board(
            new Probe(
                "a",
                _ =>
                    throw new SideException(
                        ErrorType.Network,
                        "cannot connect with Host=db;Password=s3cret",
                        "Start it."
                    )
            ),
            new Probe("b", _ => throw new InvalidOperationException("Password=s3cret"))
        );

        var report = await board.ReportAsync(TestContext.Current.CancellationToken);

        report.Checks.ShouldAllBe(check => check.Result.Status == HealthStatus.Unhealthy);
        report.Checks[0].Result.Message.ShouldBe("cannot connect with Host=db;Password=***");
        report.Checks[1].Result.Message.ShouldBe("The check failed with InvalidOperationException.");
    }

    [Theory]
    [InlineData(50, "healthy")]
    [InlineData(9.9, "degraded")]
    [InlineData(1.9, "unhealthy")]
    public void A_disk_is_judged_by_what_is_free(double percent, string status) =>
        DiskProbe.Judge((long)(percent * 10), 1000).Status.ToString().ToLowerInvariant().ShouldBe(status);

    [Fact]
    public void A_feed_that_stands_still_is_found()
    {
        var feeds = new FeedBoard(_clock);
        feeds.Moved("orders");
        feeds.Moved("customers");
        feeds.Moved("gone");
        feeds.Left("gone");
        _clock.Advance(TimeSpan.FromMinutes(2));
        feeds.Moved("customers");

        feeds.Stalled(TimeSpan.FromMinutes(1)).ShouldBe(["orders"]);
        feeds.Stalled(TimeSpan.FromMinutes(3)).ShouldBeEmpty();
    }

    private HealthBoard Board(params IProbe[] probes) =>
        new(probes, new ConnectionProbes(new PipelineCatalog(), new ConnectorRegistry([])), _clock);

    private ValueTask<ProbeResult> Counted(ProbeResult result)
    {
        _looks++;
        return new(result);
    }

    private sealed class Probe(string name, Func<CancellationToken, ValueTask<ProbeResult>> check) : IProbe
    {
        public string Name => name;

        public bool IsVital { get; init; } = true;

        public ValueTask<ProbeResult> CheckAsync(CancellationToken cancellationToken) => check(cancellationToken);
    }
}
