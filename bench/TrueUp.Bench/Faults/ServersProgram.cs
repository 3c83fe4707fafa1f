using TrueUp.Store;
using TrueUp.Store.Access;
using TrueUp.Store.Jobs;

namespace TrueUp.Bench.Faults;

/// <summary>
/// Three servers share a control database and a home. One of them is killed or stopped for longer than its lease while
/// it runs: another has to take the run over and prove it, and the old one, woken up, must write nothing.
/// </summary>
internal sealed class ServersProgram : IFaultProgram
{
    private const string Pipeline = "fault";

    private const string Settings = """
        cluster: {lease: 3s, grace: 5s}
        recovery: {retry_after: 1s, retries_max: 20}
        """;

    public string Name => "servers";

    public int Times => 10;

    public int Rows => 100_000;

    public async Task RunAsync(FaultSettings settings, FaultReport report, CancellationToken cancellationToken)
    {
        await using var world = new FaultWorld();
        var route = await world.RouteAsync(Route.CsvToPostgres, null, cancellationToken);
        var database = (await world.PostgresAsync(cancellationToken)).Url;
        var folder = world.Folder("servers");
        Directory.CreateDirectory(Path.Combine(folder, "pipelines"));
        await File.WriteAllTextAsync(Path.Combine(folder, "trueup.yaml"), Settings, cancellationToken);
        File.Copy(route.File, Path.Combine(folder, "pipelines", "fault.yaml"));
        await using var home = TrueUpHome.Open(folder, TimeProvider.System, database);
        var key = await home.ApiKeys.CreateAsync(
            new KeyRequest("faults", AccessRole.Operator, "faults"),
            cancellationToken
        );
        using var servers = new ServerGroup(folder, database, 3);
        await servers.ReadyAsync(cancellationToken);
        var round = new ServersRound(route, home, servers, key.Issued!.Text, report, settings.Limit);
        var random = new Random(settings.Seed);
        var truth = new Truth(settings.Rows);
        await route.Source.WriteAsync(truth, cancellationToken);
        await round.UndisturbedAsync(Pipeline, truth, cancellationToken);
        for (int time = 0, attempt = 0; time < settings.Times && attempt < settings.Times * 5; attempt++)
        {
            truth.Alter(random, 0.95);
            await route.Source.WriteAsync(truth, cancellationToken);
            if (await round.DisturbedAsync(Pipeline, truth, isKill: time % 2 == 0, random, cancellationToken))
            {
                time++;
            }
            await servers.ReplaceAsync(cancellationToken);
        }
    }
}
