namespace TrueUp.Bench.Faults;

/// <summary>
/// Stops a run while it writes, lets a second run of the same pipeline finish, and wakes the first: it must find itself fenced and
/// write nothing. Where the stopped run holds a lock of the store, the second must say so in time and the first may finish.
/// </summary>
internal sealed class ZombieProgram : IFaultProgram
{
    private static readonly IReadOnlyList<string> Routes = [Route.CsvToSqlite, Route.CsvToPostgres, Route.PostgresToPostgres];

    // A store's lock that the stopped run holds: the target's, or the control database's.
    private static readonly HashSet<string> Busy = ["database_locked", "target_busy", "audit_unavailable"];

    public string Name => "zombie";

    public int Times => 10;

    public int Rows => 100_000;

    public async Task RunAsync(FaultSettings settings, FaultReport report, CancellationToken cancellationToken)
    {
        await using var world = new FaultWorld();
        var random = new Random(settings.Seed);
        var names = settings.Routes.Count > 0 ? settings.Routes : Routes;
        for (var time = 0; time < settings.Times; time++)
        {
            var route = await world.RouteAsync(names[time % names.Count], null, cancellationToken);
            await route.Target.DropAsync(cancellationToken);
            var truth = new Truth(settings.Rows);
            await route.Source.WriteAsync(truth, cancellationToken);
            // Changes go in batches of some thousand rows, a first load in few: changes leave more moments to be stopped at.
            var loaded = await route.RunAsync(settings, cancellationToken);
            report.Check(loaded.ExitCode == 0, $"{route.Name}: the load: {loaded.Name}: {loaded.Text}");
            truth.Alter(random, 0.95);
            await route.Source.WriteAsync(truth, cancellationToken);
            await OnceAsync(route, truth.Lines(), settings, random, report, cancellationToken);
        }
    }

    private static async Task OnceAsync(
        Route route, List<string> expected, FaultSettings settings, Random random, FaultReport report, CancellationToken cancellationToken)
    {
        var mark = await route.Target.MarkAsync(cancellationToken);
        using var first = route.Start();
        await Moment.MarkAsync(first, route.Target, m => m.Checkpoint != mark.Checkpoint, cancellationToken);
        await Moment.PartOfAsync(TimeSpan.FromMilliseconds(100), random, cancellationToken);
        await first.StopAsync();
        var wasLate = first.HasEnded;
        var second = await route.RunAsync(settings, cancellationToken);
        var between = await route.Target.LinesAsync(cancellationToken);
        await first.ContinueAsync();
        var woken = await first.EndAsync(settings.Limit, cancellationToken);
        report.Say($"{route.Name}: second run {second.Name}, woken run {woken.Name}{(wasLate ? " (it had ended before)" : "")}");
        report.Count($"{route.Name}: second {second.Name}, woken {woken.Name}");
        if (second.ExitCode == 0)
        {
            report.Check(between.SequenceEqual(expected, StringComparer.Ordinal), $"{route.Name}: the second run exited with 0 and the target is not equal");
            report.Check(
                woken is { ExitCode: 1, Code: "fenced" } or { ExitCode: 0 }, $"{route.Name}: the woken run was not fenced: {woken.Name}: {woken.Text}");
        }
        else
        {
            report.Check(second.ExitCode == 3 && Busy.Contains(second.Code), $"{route.Name}: the second run: {second.Name}: {second.Text}");
            report.Check(woken.ExitCode == 0, $"{route.Name}: nobody took over, and the woken run: {woken.Name}: {woken.Text}");
        }
        var after = await route.Target.LinesAsync(cancellationToken);
        report.Check(after.SequenceEqual(expected, StringComparer.Ordinal), $"{route.Name}: after the woken run source and target are not equal");
        var verified = await route.RunAsync(settings, cancellationToken, "verify");
        report.Check(verified.ExitCode == 0, $"{route.Name}: verify after the woken run: {verified.Name}: {verified.Text}");
    }
}
