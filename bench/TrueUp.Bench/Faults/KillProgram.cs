using System.Diagnostics;

namespace TrueUp.Bench.Faults;

/// <summary>
/// Kills runs at random moments, alters the source between them, and lets the last one finish. After every kill each
/// row of the target
/// must be one that the source holds or held, no key twice; at the end the target must equal the source.
/// </summary>
internal sealed class KillProgram : IFaultProgram
{
    private static readonly IReadOnlyList<string> Routes =
    [
        Route.CsvToSqlite,
        Route.CsvToPostgres,
        Route.PostgresToPostgres,
    ];

    public string Name => "kill";

    public int Times => 50;

    public int Rows => 200_000;

    public async Task RunAsync(FaultSettings settings, FaultReport report, CancellationToken cancellationToken)
    {
        await using var world = new FaultWorld();
        var random = new Random(settings.Seed);
        var names = settings.Routes.Count > 0 ? settings.Routes : Routes;
        for (var i = 0; i < names.Count; i++)
        {
            var kills = (settings.Times * (i + 1) / names.Count) - (settings.Times * i / names.Count);
            var route = await world.RouteAsync(names[i], null, cancellationToken);
            await new KillSeries(route, settings, random, report).RunAsync(kills, cancellationToken);
            if (i + 1 < names.Count)
            {
                await route.Target.DropAsync(cancellationToken);
            }
        }
    }

    private sealed class KillSeries(Route route, FaultSettings settings, Random random, FaultReport report)
    {
        private readonly Truth _truth = new(settings.Rows);
        private TimeSpan _usual;

        public async Task RunAsync(int kills, CancellationToken cancellationToken)
        {
            await route.Source.WriteAsync(_truth, cancellationToken);
            await FinishAsync("the first run", cancellationToken);
            for (var killed = 0; killed < kills; )
            {
                await AlterAsync(cancellationToken);
                if (await KillOnceAsync(cancellationToken))
                {
                    killed++;
                }
            }
            await FinishAsync("the last run", cancellationToken);
            var verified = await route.RunAsync(settings, cancellationToken, "verify");
            report.Check(verified.ExitCode == 0, $"{route.Name}: verify after the last run: {verified.Story}");
            var receipt = await route.CheckReceiptAsync(settings, cancellationToken);
            report.Check(receipt.ExitCode == 0, $"{route.Name}: receipt check after the last run: {receipt.Story}");
        }

        private async Task AlterAsync(CancellationToken cancellationToken)
        {
            var dice = random.Next(6);
            if (dice == 0)
            {
                await route.Target.DropAsync(cancellationToken);
            }
            // Sometimes nothing: then the run goes on with what the killed one left.
            if (dice > 1)
            {
                _truth.Alter(random);
                await route.Source.WriteAsync(_truth, cancellationToken);
            }
        }

        private async Task<bool> KillOnceAsync(CancellationToken cancellationToken)
        {
            var before = await route.Target.LinesAsync(cancellationToken);
            var mark = await route.Target.MarkAsync(cancellationToken);
            using var process = route.Start();
            switch (random.Next(3))
            {
                case 0:
                    await Moment.PartOfAsync(_usual, random, cancellationToken);
                    break;
                case 1:
                    await Moment.MarkAsync(process, route.Target, m => m.Epoch != mark.Epoch, cancellationToken);
                    await Moment.PartOfAsync(_usual / 4, random, cancellationToken);
                    break;
                default:
                    await Moment.MarkAsync(
                        process,
                        route.Target,
                        m => m.Checkpoint != mark.Checkpoint,
                        cancellationToken
                    );
                    await Moment.PartOfAsync(_usual / 8, random, cancellationToken);
                    break;
            }
            var isKilled = !process.HasEnded;
            process.Kill();
            var end = await process.EndAsync(settings.Limit, cancellationToken);
            if (end.ExitCode == 137 == isKilled || end.ExitCode == 0)
            {
                report.Count($"{route.Name}: {await JudgeAsync(before, end, cancellationToken)}");
                return end.ExitCode == 137;
            }
            report.Check(false, $"{route.Name}: a run that was not killed: {end.Story}");
            return true;
        }

        private async Task<string> JudgeAsync(List<string> before, RunEnd end, CancellationToken cancellationToken)
        {
            var after = await route.Target.LinesAsync(cancellationToken);
            var stranger = after.FirstOrDefault(l => !_truth.Knows(l));
            report.Check(
                stranger is null,
                $"{route.Name}: after a kill the target holds a row the source never held: {stranger}"
            );
            var keys = after
                .Select(l => l[..l.IndexOf('|', StringComparison.Ordinal)])
                .Distinct(StringComparer.Ordinal)
                .Count();
            report.Check(keys == after.Count, $"{route.Name}: after a kill {after.Count - keys} keys are there twice");
            var isEqual = after.SequenceEqual(_truth.Lines(), StringComparer.Ordinal);
            if (end.ExitCode == 0)
            {
                report.Check(isEqual, $"{route.Name}: a run exited with 0 and the target is not equal");
                return "ended by itself";
            }
            return isEqual ? "killed when all was written"
                : after.SequenceEqual(before, StringComparer.Ordinal) ? "killed before anything was written"
                : "killed with a part written";
        }

        private async Task FinishAsync(string what, CancellationToken cancellationToken)
        {
            var clock = Stopwatch.StartNew();
            var end = await route.RunAsync(settings, cancellationToken);
            _usual = clock.Elapsed;
            report.Say($"{route.Name}: {what}: {end.Name} after {_usual.TotalSeconds:0.0} s");
            report.Check(end.ExitCode == 0, $"{route.Name}: {what}: {end.Story}");
            var isEqual = (await route.Target.LinesAsync(cancellationToken)).SequenceEqual(
                _truth.Lines(),
                StringComparer.Ordinal
            );
            report.Check(isEqual, $"{route.Name}: after {what} source and target are not equal");
        }
    }
}
