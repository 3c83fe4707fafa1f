namespace TrueUp.Bench.Faults;

/// <summary>
/// Stops a run while it writes, lets a second run of the same pipeline finish, and wakes the first: it must find itself
/// fenced and
/// write nothing. Where the stopped run holds a lock of the store, the second must say so in time and the first may
/// finish.
/// </summary>
internal sealed class ZombieProgram : IFaultProgram
{
    private static readonly IReadOnlyList<string> Routes =
    [
        Route.CsvToSqlite,
        Route.CsvToPostgres,
        Route.PostgresToPostgres,
    ];

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
        // A run that ended before it could be stopped does not count; a machine that never catches one in time is not
        // fit for this.
        for (int time = 0, attempt = 0; time < settings.Times && attempt < settings.Times * 5; attempt++)
        {
            var route = await world.RouteAsync(names[time % names.Count], null, cancellationToken);
            await route.Target.DropAsync(cancellationToken);
            var truth = new Truth(settings.Rows);
            await route.Source.WriteAsync(truth, cancellationToken);
            // Changes go in batches of some thousand rows, a first load in few: changes leave more moments to be
            // stopped at.
            var loaded = await route.RunAsync(settings, cancellationToken);
            report.Check(loaded.ExitCode == 0, $"{route.Name}: the load: {loaded.Story}");
            truth.Alter(random, 0.95);
            await route.Source.WriteAsync(truth, cancellationToken);
            // By turns between batches, where the second run has to take over, and anywhere.
            var betweenBatches = time / names.Count % 2 == 0;
            if (await OnceAsync(route, truth.Lines(), betweenBatches, settings, random, report, cancellationToken))
            {
                time++;
            }
        }
    }

    private static async Task<bool> OnceAsync(
        Route route,
        List<string> expected,
        bool betweenBatches,
        FaultSettings settings,
        Random random,
        FaultReport report,
        CancellationToken cancellationToken
    )
    {
        var mark = await route.Target.MarkAsync(cancellationToken);
        using var first = route.Start();
        await Moment.MarkAsync(first, route.Target, m => m.Checkpoint != mark.Checkpoint, cancellationToken);
        await Moment.PartOfAsync(TimeSpan.FromMilliseconds(100), random, cancellationToken);
        await first.StopAsync();
        while (betweenBatches && !first.HasEnded && await route.Target.IsLockedAsync(cancellationToken))
        {
            await first.ContinueAsync();
            await Moment.PartOfAsync(TimeSpan.FromMilliseconds(20), random, cancellationToken);
            await first.StopAsync();
        }
        if (first.HasEnded)
        {
            report.Count($"{route.Name}: ended before it could be stopped, not counted");
            return false;
        }
        // On another machine, or on this one where both share a control database.
        var isElsewhere = betweenBatches || random.Next(2) == 0;
        var second = await (isElsewhere ? route.Elsewhere() : route).RunAsync(settings, cancellationToken);
        var between = await route.Target.LinesAsync(cancellationToken);
        await first.ContinueAsync();
        var woken = await first.EndAsync(settings.Limit, cancellationToken);
        report.Say(
            $"{route.Name}: second run {(isElsewhere ? "elsewhere" : "here")} {second.Name}, woken run {woken.Name}"
        );
        report.Count($"{route.Name}: second {second.Name}, woken {woken.Name}");
        if (second.ExitCode == 0)
        {
            report.Check(
                between.SequenceEqual(expected, StringComparer.Ordinal),
                $"{route.Name}: the second run exited with 0 and the target is not equal"
            );
            report.Check(
                woken is { ExitCode: 1, Code: "fenced" } or { ExitCode: 0 },
                $"{route.Name}: the woken run was not fenced: {woken.Story}"
            );
        }
        else
        {
            report.Check(
                second.ExitCode == 3 && Busy.Contains(second.Code),
                $"{route.Name}: the second run: {second.Story}"
            );
            report.Check(woken.ExitCode == 0, $"{route.Name}: nobody took over, and the woken run: {woken.Story}");
        }
        var after = await route.Target.LinesAsync(cancellationToken);
        report.Check(
            after.SequenceEqual(expected, StringComparer.Ordinal),
            $"{route.Name}: after the woken run source and target are not equal"
        );
        var verified = await route.RunAsync(settings, cancellationToken, "verify");
        report.Check(verified.ExitCode == 0, $"{route.Name}: verify after the woken run: {verified.Story}");
        return true;
    }
}
