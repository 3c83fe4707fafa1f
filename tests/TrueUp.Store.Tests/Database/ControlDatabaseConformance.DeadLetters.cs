using FsCheck;
using FsCheck.Fluent;
using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>How dead letters come and go.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task A_dead_letter_is_kept_whole_and_its_raw_text_is_shown_on_request_only()
    {
        await RunAsync(
            letters: new DeadLetter("u", "AA1", "invalid_format", "The date is none.")
            {
                Column = "inquiry_date",
                Line = 17,
                Ordinal = 16,
                Raw = "AA1,ada@example.org,31.02.2026",
            }
        );

        var shown = await OnlyLetterAsync(new DeadLetterQuery());
        var whole = await OnlyLetterAsync(new DeadLetterQuery { WithRaw = true });

        shown.Raw.ShouldBeNull();
        whole.Raw.ShouldBe("AA1,ada@example.org,31.02.2026");
        (whole with { Raw = null }).ShouldBe(shown);
        (shown.Unit, shown.Key, shown.Issue, shown.Reason).ShouldBe(
            ("u", "AA1", "invalid_format", "The date is none.")
        );
        (shown.Column, shown.Line, shown.Ordinal, shown.Attempts, shown.State).ShouldBe(
            ("inquiry_date", 17, 16, 1, LetterState.Pending)
        );
    }

    [Fact]
    public async Task A_letter_that_comes_again_is_the_same_letter_with_one_attempt_a_run()
    {
        var letter = new DeadLetter("", "AA1", "invalid_format", "r");
        await RunAsync(letters: [letter, letter]);
        var first = Clock.Now;
        Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(letters: letter with { Reason = "another reason" });

        var kept = await OnlyLetterAsync(new DeadLetterQuery());

        (kept.Attempts, kept.Reason, kept.FirstSeen, kept.LastSeen).ShouldBe((2, "another reason", first, Clock.Now));
    }

    [Fact]
    public async Task A_letter_that_a_complete_reading_does_not_bring_up_has_succeeded()
    {
        await RunAsync(
            letters:
            [
                new DeadLetter("", "AA1", "i", "r"),
                new DeadLetter("", "AA2", "i", "r"),
                new DeadLetter("other", "AA3", "i", "r"),
            ]
        );

        await RunAsync(letters: new DeadLetter("", "AA2", "i", "r"));

        var letters = await Home.DeadLetters.ListAsync(new DeadLetterQuery(), CancellationToken.None);
        letters
            .Items.Select(l => (l.Key, l.State))
            .Order()
            .ShouldBe([("AA1", LetterState.Succeeded), ("AA2", LetterState.Pending), ("AA3", LetterState.Pending)]);
        (await Home.DeadLetters.CountPendingAsync("sellers", CancellationToken.None)).ShouldBe(2);
    }

    [Theory]
    [InlineData(RunStatus.Failed, false, false)]
    [InlineData(RunStatus.Cancelled, false, false)]
    [InlineData(RunStatus.Completed, true, false)]
    [InlineData(RunStatus.Completed, false, true)]
    public async Task A_reading_that_was_cut_short_or_only_looked_settles_nothing(
        RunStatus status,
        bool dryRun,
        bool verifyOnly
    )
    {
        await RunAsync(letters: new DeadLetter("", "AA1", "i", "r"));

        await using (
            var run = await Home.Audit.StartAsync(Sample.Start(Clock, verifyOnly: verifyOnly), CancellationToken.None)
        )
        {
            await run.UnitAsync(Sample.Unit(status: status), CancellationToken.None);
            await run.CompleteAsync(
                Sample.Outcome(run, Clock, status) with
                {
                    DryRun = dryRun,
                    VerifyOnly = verifyOnly,
                },
                CancellationToken.None
            );
        }

        (await OnlyLetterAsync(new DeadLetterQuery())).State.ShouldBe(LetterState.Pending);
    }

    [Fact]
    public async Task A_discarded_letter_stays_discarded_until_its_record_changes()
    {
        var letter = new DeadLetter("", "AA1", "i", "r") { Raw = "AA1,x" };
        await RunAsync(letters: letter);
        var id = (await OnlyLetterAsync(new DeadLetterQuery())).Id;

        (await Home.DeadLetters.DiscardAsync(id, "It is a test record.", "ada", CancellationToken.None)).ShouldBeTrue();
        (await Home.DeadLetters.DiscardAsync(id, "Again.", "bob", CancellationToken.None)).ShouldBeFalse();
        await RunAsync(letters: letter);

        var discarded = await OnlyLetterAsync(new DeadLetterQuery { State = LetterState.Discarded });
        (discarded.SettledBy, discarded.SettledReason, discarded.SettledAt, discarded.Attempts).ShouldBe(
            ("ada", "It is a test record.", Clock.Now, 2)
        );

        await RunAsync(letters: letter with { Raw = "AA1,y" });
        (await OnlyLetterAsync(new DeadLetterQuery { State = LetterState.Pending })).SettledBy.ShouldBeNull();
    }

    [Fact]
    public async Task Discarding_what_is_not_there_says_so() =>
        (await Home.DeadLetters.DiscardAsync(4711, "r", "ada", CancellationToken.None)).ShouldBeFalse();

    [Fact]
    public void P30_A_letter_is_kept_until_its_record_comes_through()
    {
        var trial = 0;
        // Whatever came up in which run: pending is exactly what the last complete run brought up.
        Cases.Check(
            Gen.ListOf(Gen.SubListOf(Sample.Keys)).Where(runs => runs.Count > 0),
            async runs =>
            {
                var pipeline = $"p{Interlocked.Increment(ref trial)}";
                foreach (var keys in runs)
                {
                    await RunAsync(pipeline, [.. keys.Select(key => new DeadLetter("", key, "i", "r"))]);
                }
                var pending = await Home.DeadLetters.ListAsync(
                    new DeadLetterQuery { Pipeline = pipeline, State = LetterState.Pending },
                    CancellationToken.None
                );
                var all = await Home.DeadLetters.ListAsync(
                    new DeadLetterQuery { Pipeline = pipeline },
                    CancellationToken.None
                );

                pending.Items.Select(l => l.Key).ShouldBe(runs[^1], ignoreOrder: true);
                all.Items.Select(l => (l.Key, l.Attempts))
                    .ShouldBe(
                        runs.SelectMany(keys => keys).GroupBy(key => key).Select(g => (g.Key, g.Count())),
                        ignoreOrder: true
                    );
            }
        );
    }

    private Task RunAsync(params DeadLetter[] letters) => RunAsync("sellers", letters);

    private async Task RunAsync(string pipeline, DeadLetter[] letters)
    {
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock, pipeline), CancellationToken.None);
        foreach (var letter in letters)
        {
            await run.DeadLetterAsync(letter, CancellationToken.None);
        }
        await run.UnitAsync(Sample.Unit(), CancellationToken.None);
        await run.CompleteAsync(Sample.Outcome(run, Clock, pipeline: pipeline), CancellationToken.None);
    }

    [Fact]
    public async Task P10_A_query_for_dead_letters_finds_exactly_what_matches_all_filters()
    {
        var random = new Random(4);
        foreach (var pipeline in Pipelines)
        {
            for (var run = 0; run < 6; run++)
            {
                Clock.Advance(TimeSpan.FromMinutes(random.Next(8)));
                await RunAsync(
                    pipeline,
                    [
                        .. Enumerable
                            .Range(0, 5)
                            .Select(_ => new DeadLetter(
                                Pick(random, Units),
                                Pick(random, Sample.Keys),
                                Pick(random, "invalid_format", "missing_key"),
                                "r"
                            )),
                    ]
                );
            }
        }
        var all = await AllAsync(
            after => Home.DeadLetters.ListAsync(new DeadLetterQuery { After = after }, CancellationToken.None),
            RunQuery.LimitDefault
        );
        all.Count.ShouldBeGreaterThan(20);
        foreach (var letter in all.Where((l, i) => i % 4 == 0 && l.State == LetterState.Pending))
        {
            (await Home.DeadLetters.DiscardAsync(letter.Id, "r", "ada", CancellationToken.None)).ShouldBeTrue();
        }
        all = await AllAsync(
            after => Home.DeadLetters.ListAsync(new DeadLetterQuery { After = after }, CancellationToken.None),
            RunQuery.LimitDefault
        );
        all.Select(l => l.State).Distinct().Count().ShouldBe(3);

        Cases.Check(
            from pipeline in Cases.MaybeText(Pipelines)
            from unit in Cases.MaybeText(Units)
            from key in Cases.MaybeText(Sample.Keys)
            from state in Cases.Maybe(Enum.GetValues<LetterState>())
            from issue in Cases.MaybeText("invalid_format", "missing_key", "none")
            from start in Times
            from end in Times
            from limit in Gen.Choose(1, 10)
            select new DeadLetterQuery
            {
                Pipeline = pipeline,
                Unit = unit,
                Key = key,
                State = state,
                Issue = issue,
                From = start,
                To = end,
                Limit = limit,
            },
            async query =>
            {
                var expected = all.Where(l => query.Pipeline is null || l.Pipeline == query.Pipeline)
                    .Where(l => query.Unit is null || l.Unit == query.Unit)
                    .Where(l => query.Key is null || l.Key == query.Key)
                    .Where(l => query.State is null || l.State == query.State)
                    .Where(l => query.Issue is null || l.Issue == query.Issue)
                    .Where(l => query.From is null || l.LastSeen >= query.From)
                    .Where(l => query.To is null || l.LastSeen < query.To);

                var found = await AllAsync(
                    after => Home.DeadLetters.ListAsync(query with { After = after }, CancellationToken.None),
                    query.Limit
                );

                found.ShouldBe(expected);
            },
            count: 200
        );
    }

    private async Task<DeadLetterEntry> OnlyLetterAsync(DeadLetterQuery query) =>
        (await Home.DeadLetters.ListAsync(query, CancellationToken.None)).Items.ShouldHaveSingleItem();
}
