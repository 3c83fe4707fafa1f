using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Store.Queries;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>Texts that come from outside and that nobody should have written.</summary>
public abstract partial class ControlDatabaseConformance
{
    public static TheoryData<string> HostileKeys =>
        [
            "AA\u0000 1",
            "🦜' OR 1=1; --",
            new string('x', 100_000),
            string.Concat(Enumerable.Repeat("🦜é", 3000)),
            "x" + string.Concat(Enumerable.Repeat("🦜", 3000)),
            "",
        ];

    [Theory]
    [MemberData(nameof(HostileKeys))]
    public async Task A_record_is_found_by_its_key_whatever_the_key_is(string key)
    {
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        run.Record("", RecordOperation.Create, key, error: null);
        await run.ErrorAsync(
            new AuditError("", Sides.ErrorType.Api, Severity.Low, $"Not {key[..Math.Min(9, key.Length)]}.", "s")
            {
                Key = key,
            },
            CancellationToken.None
        );
        await run.DeadLetterAsync(new DeadLetter("", key, "i", "r") { Raw = key }, CancellationToken.None);
        await run.DeadLetterAsync(new DeadLetter("", key + "2", "i", "r"), CancellationToken.None);
        var gaps = new DifferenceList();
        gaps.Gaps.Add(key);
        await run.GapsAsync("", gaps, CancellationToken.None);
        var outcome = Sample.Outcome(run, Clock);
        await run.CompleteAsync(
            outcome with
            {
                Verification = new Verification { Verdict = Verdict.Failed, Differences = gaps },
            },
            CancellationToken.None
        );

        (await Home.Errors.ListAsync(new ErrorQuery { Key = key }, CancellationToken.None)).Items.Count.ShouldBe(1);
        var letters = await Home.DeadLetters.ListAsync(new DeadLetterQuery { Key = key }, CancellationToken.None);
        letters.Items.Count.ShouldBe(1);
        (await Home.Runs.ListAsync(new RunQuery { Key = key }, CancellationToken.None)).Items.Count.ShouldBe(1);
        (await Home.Runs.GetAsync(run.RunId, CancellationToken.None))!.Verification!.GapsTotal.ShouldBe(1);
    }
}
