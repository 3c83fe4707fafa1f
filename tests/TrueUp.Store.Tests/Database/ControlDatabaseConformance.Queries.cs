using FsCheck;
using FsCheck.Fluent;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store.Queries;
using TrueUp.Store.Records;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>P10: a query finds what matches all its filters, nothing else, and all of it.</summary>
public abstract partial class ControlDatabaseConformance
{
    private static readonly string[] Pipelines = ["sellers", "airports"];
    private static readonly string[] Units = ["", "t1", "t2"];
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Times between which the population lies, some exactly on one of its times.</summary>
    private static Gen<DateTimeOffset?> Times =>
        Gen.OneOf(
            Gen.Constant<DateTimeOffset?>(null),
            Gen.Choose(-1, 61).Select(minute => (DateTimeOffset?)Begin.AddMinutes(minute))
        );

    [Fact]
    public async Task P10_A_query_for_runs_finds_exactly_what_matches_all_filters()
    {
        var random = new Random(1);
        var population = new List<(RunSummary Run, string[] Keys)>();
        for (var i = 0; i < 60; i++)
        {
            population.Add(await RandomRunAsync(random));
        }
        foreach (var pipeline in Pipelines)
        {
            var run = await Home.Audit.StartAsync(Sample.Start(Clock, pipeline), CancellationToken.None);
            population.Add(((await Home.Runs.GetAsync(run.RunId, CancellationToken.None))!.Run, []));
        }

        Cases.Check(
            from pipeline in Cases.MaybeText([.. Pipelines, "none"])
            from state in Cases.Maybe(Enum.GetValues<RunState>())
            from succeeded in Cases.Maybe(true, false)
            from verdict in Cases.Maybe(Verdict.Verified, Verdict.Failed)
            from trigger in Cases.Maybe(Enum.GetValues<TriggerSource>())
            from start in Times
            from end in Times
            from key in Cases.MaybeText([.. Sample.Keys, "none"])
            from limit in Gen.Choose(1, 30)
            from relax in Gen.Choose(0, 7)
            select new RunQuery
            {
                // Some filters are dropped again, else nearly no query would find a thing.
                Pipeline = pipeline,
                State = relax < 3 ? null : state,
                Succeeded = relax % 2 == 0 ? null : succeeded,
                Verdict = relax < 5 ? null : verdict,
                Trigger = relax < 6 ? null : trigger,
                From = start,
                To = end,
                Key = key,
                Limit = limit,
            },
            async query =>
            {
                var expected = population
                    .Where(p => query.Pipeline is null || p.Run.Pipeline == query.Pipeline)
                    .Where(p => query.State is null || p.Run.Status == query.State)
                    .Where(p =>
                        query.Succeeded is null
                        || (
                            p.Run.Status != RunState.InProgress && p.Run.Status == RunState.Completed == query.Succeeded
                        )
                    )
                    .Where(p => query.Verdict is null || p.Run.Verdict == query.Verdict)
                    .Where(p => query.Trigger is null || p.Run.Trigger == query.Trigger)
                    .Where(p => query.From is null || p.Run.StartedAt >= query.From)
                    .Where(p => query.To is null || p.Run.StartedAt < query.To)
                    .Where(p => query.Key is null || p.Keys.Contains(query.Key))
                    .Select(p => p.Run.RunId)
                    .Reverse();

                var found = await AllAsync(
                    after => Home.Runs.ListAsync(query with { After = after }, CancellationToken.None),
                    query.Limit
                );

                found.Select(run => run.RunId).ShouldBe(expected);
            },
            count: 300
        );
    }

    [Fact]
    public async Task P10_A_query_for_errors_finds_exactly_what_matches_all_filters()
    {
        var random = new Random(2);
        var population = new List<ErrorEntry>();
        foreach (var pipeline in Pipelines)
        {
            await using var run = await Home.Audit.StartAsync(Sample.Start(Clock, pipeline), CancellationToken.None);
            for (var i = 0; i < 60; i++)
            {
                Clock.Advance(TimeSpan.FromMinutes(random.Next(2)));
                var error = new AuditError(
                    Pick(random, Units),
                    Pick(random, ErrorType.Network, ErrorType.Validation),
                    Pick(random, Severity.Low, Severity.High),
                    $"m{i}",
                    "s"
                )
                {
                    Key = Pick<string?>(random, [null, .. Sample.Keys]),
                };
                await run.ErrorAsync(error, CancellationToken.None);
                population.Add(
                    new ErrorEntry
                    {
                        Id = 0,
                        RunId = run.RunId,
                        Pipeline = pipeline,
                        Unit = error.Unit,
                        Type = error.Type,
                        Severity = error.Severity,
                        Message = error.Message,
                        Suggestion = "s",
                        Key = error.Key,
                        OccurredAt = Clock.Now,
                    }
                );
            }
            await run.CompleteAsync(Sample.Outcome(run, Clock, pipeline: pipeline), CancellationToken.None);
        }
        var all = await AllAsync(
            after => Home.Errors.ListAsync(new ErrorQuery { After = after }, CancellationToken.None),
            RunQuery.LimitDefault
        );
        all.Reverse();
        all.Select(e => e with { Id = 0 }).ShouldBe(population);
        for (var i = 0; i < all.Count; i += 3)
        {
            (await Home.Errors.ResolveAsync(all[i].Id, "Repaired.", "ada", CancellationToken.None)).ShouldBeTrue();
            all[i] = all[i] with { ResolvedAt = Clock.Now, ResolvedBy = "ada", ResolutionNotes = "Repaired." };
        }

        Cases.Check(
            from pipeline in Cases.MaybeText(Pipelines)
            from unit in Cases.MaybeText(Units)
            from type in Cases.Maybe(ErrorType.Network, ErrorType.Validation, ErrorType.Api)
            from severity in Cases.Maybe(Severity.Low, Severity.High)
            from key in Cases.MaybeText(Sample.Keys)
            from start in Times
            from end in Times
            from resolved in Cases.Maybe(true, false)
            from limit in Gen.Choose(1, 30)
            select new ErrorQuery
            {
                Pipeline = pipeline,
                Unit = unit,
                Type = type,
                Severity = severity,
                Key = key,
                From = start,
                To = end,
                Resolved = resolved,
                Limit = limit,
            },
            async query =>
            {
                var expected = all.Where(e => query.Pipeline is null || e.Pipeline == query.Pipeline)
                    .Where(e => query.Unit is null || e.Unit == query.Unit)
                    .Where(e => query.Type is null || e.Type == query.Type)
                    .Where(e => query.Severity is null || e.Severity == query.Severity)
                    .Where(e => query.Key is null || e.Key == query.Key)
                    .Where(e => query.From is null || e.OccurredAt >= query.From)
                    .Where(e => query.To is null || e.OccurredAt < query.To)
                    .Where(e => query.Resolved is null || e.ResolvedAt is not null == query.Resolved)
                    .Reverse();

                var found = await AllAsync(
                    after => Home.Errors.ListAsync(query with { After = after }, CancellationToken.None),
                    query.Limit
                );

                found.ShouldBe(expected);
            },
            count: 200
        );
    }

    [Fact]
    public async Task P10_A_query_for_records_finds_exactly_what_matches_all_filters()
    {
        var random = new Random(3);
        var population = new List<RecordEntry>();
        for (var r = 0; r < 12; r++)
        {
            var pipeline = Pick(random, Pipelines);
            await using var run = await Home.Audit.StartAsync(
                Sample.Start(Clock, pipeline, AuditLevel.All),
                CancellationToken.None
            );
            for (var i = 0; i < 20; i++)
            {
                var entry = new RecordEntry(
                    run.RunId,
                    Pick(random, Units),
                    Pick(random, Enum.GetValues<RecordOperation>()),
                    random.Next(3) > 0,
                    Pick(random, Sample.Keys),
                    Clock.Now
                );
                entry = entry with { Error = entry.Succeeded ? null : "why" };
                run.Record(entry.Unit, entry.Operation, entry.Key, entry.Error);
                population.Add(entry);
            }
            Clock.Advance(TimeSpan.FromMinutes(random.Next(8)));
            await run.CompleteAsync(Sample.Outcome(run, Clock, pipeline: pipeline), CancellationToken.None);
        }
        var pipelines = (
            await AllAsync(
                after => Home.Runs.ListAsync(new RunQuery { After = after }, CancellationToken.None),
                RunQuery.LimitDefault
            )
        ).ToDictionary(run => run.RunId, run => run.Pipeline);

        Cases.Check(
            from runId in Cases.MaybeText([.. pipelines.Keys])
            from anyRun in Gen.Elements(true, true, false)
            from pipeline in Cases.MaybeText(Pipelines)
            from unit in Cases.MaybeText(Units)
            from operation in Cases.Maybe(Enum.GetValues<RecordOperation>())
            from succeeded in Cases.Maybe(true, false)
            from key in Cases.MaybeText([.. Sample.Keys, "none"])
            from start in Times
            from end in Times
            select new RecordQuery
            {
                RunId = anyRun ? null : runId,
                Pipeline = pipeline,
                Unit = unit,
                Operation = operation,
                Succeeded = succeeded,
                Key = key,
                From = start,
                To = end,
            },
            async query =>
            {
                var expected = population
                    .Where(e => query.RunId is null || e.RunId == query.RunId)
                    .Where(e => query.Pipeline is null || pipelines[e.RunId] == query.Pipeline)
                    .Where(e => query.Unit is null || e.Unit == query.Unit)
                    .Where(e => query.Operation is null || e.Operation == query.Operation)
                    .Where(e => query.Succeeded is null || e.Succeeded == query.Succeeded)
                    .Where(e => query.Key is null || e.Key == query.Key)
                    .Where(e => query.From is null || e.Timestamp >= query.From)
                    .Where(e => query.To is null || e.Timestamp < query.To);

                var found = await Home.Records.ReadAsync(query, CancellationToken.None).ToListAsync();

                found.ShouldBe(expected, ignoreOrder: true);
            },
            count: 300
        );
    }

    [Fact]
    public async Task The_phases_of_earlier_runs_are_found_newest_first_without_failed_runs_and_verifications()
    {
        for (var i = 1; i <= 4; i++)
        {
            await using var run = await Home.Audit.StartAsync(
                Sample.Start(Clock, verifyOnly: i == 2),
                CancellationToken.None
            );
            var outcome = Sample.Outcome(run, Clock, i == 3 ? RunStatus.Failed : RunStatus.Completed);
            await run.CompleteAsync(
                outcome with
                {
                    VerifyOnly = i == 2,
                    Phases = PhaseTimes.Zero with { Update = TimeSpan.FromMilliseconds(i) },
                },
                CancellationToken.None
            );
        }

        var phases = await Home.Runs.PhasesAsync("sellers", 20, CancellationToken.None);

        phases.Select(p => p.UpdateMs).ShouldBe([4, 1]);
    }

    /// <summary>A run and the keys it recorded, some in the database and some in its segments alone.</summary>
    private async Task<(RunSummary Run, string[] Keys)> RandomRunAsync(Random random)
    {
        var pipeline = Pick(random, Pipelines);
        var trigger = Pick(random, Enum.GetValues<TriggerSource>());
        var keys = Sample.Keys.Where(_ => random.Next(3) == 0).ToArray();
        Clock.Advance(TimeSpan.FromMinutes(random.Next(2)));
        await using var run = await Home.Audit.StartAsync(
            Sample.Start(Clock, pipeline, AuditLevel.All, trigger),
            CancellationToken.None
        );
        foreach (var key in keys)
        {
            switch (random.Next(4))
            {
                case 0:
                    run.Record("", RecordOperation.Create, key, null);
                    break;
                case 1:
                    await run.ErrorAsync(
                        new AuditError("", ErrorType.Api, Severity.Low, "m", "s") { Key = key },
                        CancellationToken.None
                    );
                    break;
                case 2 when key == "7":
                    run.Records("", RecordOperation.Create, Sample.Rows(7, 1), bulk: true);
                    break;
                default:
                    var gaps = new DifferenceList();
                    gaps.Extra.Add(key);
                    await run.GapsAsync("", gaps, CancellationToken.None);
                    break;
            }
        }
        var status = Pick(random, Enum.GetValues<RunStatus>());
        await run.CompleteAsync(Sample.Outcome(run, Clock, status, pipeline), CancellationToken.None);
        return ((await Home.Runs.GetAsync(run.RunId, CancellationToken.None))!.Run, keys);
    }

    /// <summary>All pages; each but the last is full.</summary>
    private static async Task<List<T>> AllAsync<T>(Func<string?, ValueTask<Page<T>>> page, int limit)
    {
        var all = new List<T>();
        string? after = null;
        do
        {
            var found = await page(after);
            found.Items.Count.ShouldBeLessThanOrEqualTo(limit);
            (found.Next is null || found.Items.Count == limit).ShouldBeTrue();
            all.AddRange(found.Items);
            after = found.Next;
        } while (after is not null);
        return all;
    }

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
