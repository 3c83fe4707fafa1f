namespace TrueUp.Bench.Faults;

/// <summary>
/// Runs with PostgreSQL behind a proxy that cuts, delays and garbles. Each run must end with equal data and exit code
/// 0, or with an error
/// that says what is wrong; and whatever it left, a run without faults must repair.
/// </summary>
internal sealed class CutProgram : IFaultProgram
{
    private static readonly IReadOnlyList<string> Routes = [Route.CsvToPostgres, Route.PostgresToPostgres];

    public string Name => "cut";

    public int Times => 30;

    public int Rows => 20_000;

    public async Task RunAsync(FaultSettings settings, FaultReport report, CancellationToken cancellationToken)
    {
        await using var world = new FaultWorld();
        var random = new Random(settings.Seed);
        await using var proxy = new FlakyProxy(
            (await world.PostgresAsync(cancellationToken)).Location.Port,
            new Random(settings.Seed)
        );
        var names = settings.Routes.Count > 0 ? settings.Routes : Routes;
        var truth = new Truth(settings.Rows);
        for (var time = 0; time < settings.Times; time++)
        {
            var name = names[time % names.Count];
            var direct = await world.RouteAsync(name, null, cancellationToken);
            var flaky = await world.RouteAsync(name, proxy.Port, cancellationToken);
            if (random.Next(4) == 0)
            {
                await direct.Target.DropAsync(cancellationToken);
            }

            truth.Alter(random);
            await direct.Source.WriteAsync(truth, cancellationToken);
            if (time < names.Count)
            {
                // How much passes in a run without faults, so that faults fall into the next ones.
                var clean = await flaky.RunAsync(settings, cancellationToken);
                report.Check(clean.ExitCode == 0, $"{name}: a run without faults: {clean.Story}");
                truth.Alter(random);
                await direct.Source.WriteAsync(truth, cancellationToken);
            }
            var faults = proxy.Plan();
            var end = await flaky.RunAsync(settings, cancellationToken);
            proxy.Calm();
            report.Say($"{name}: {faults}: {end.Name}");
            report.Count($"{faults.Split(' ')[0]}: {end.Name}");
            await JudgeAsync(direct, truth.Lines(), faults, end, settings, report, cancellationToken);
        }
    }

    private static async Task JudgeAsync(
        Route direct,
        List<string> expected,
        string faults,
        RunEnd end,
        FaultSettings settings,
        FaultReport report,
        CancellationToken cancellationToken
    )
    {
        if (end.ExitCode == 0)
        {
            var isEqual = (await direct.Target.LinesAsync(cancellationToken)).SequenceEqual(
                expected,
                StringComparer.Ordinal
            );
            report.Check(isEqual, $"{direct.Name}, {faults}: exit 0 and the target is not equal");
        }
        else
        {
            // A garbled name or password is one that the server does not know, which is a mistake of the pipeline for
            // all we can tell.
            var isTold =
                end.ExitCode is 1 or 3 || (end.ExitCode == 2 && faults.StartsWith("garble", StringComparison.Ordinal));
            report.Check(
                isTold && end.Code is not ("" or "no_json" or "internal_error"),
                $"{direct.Name}, {faults}: {end.Story}"
            );
        }
        var repair = await direct.RunAsync(settings, cancellationToken);
        report.Check(
            repair.ExitCode == 0,
            $"{direct.Name}, {faults}: the run without faults afterwards: {repair.Story}"
        );
        var isRepaired = (await direct.Target.LinesAsync(cancellationToken)).SequenceEqual(
            expected,
            StringComparer.Ordinal
        );
        report.Check(isRepaired, $"{direct.Name}, {faults}: a run without faults did not repair the target");
    }
}
