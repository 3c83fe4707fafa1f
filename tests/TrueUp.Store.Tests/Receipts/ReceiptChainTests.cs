using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Runs;
using TrueUp.Store.Audit;
using TrueUp.Store.Receipts;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Receipts;

/// <summary>Receipts as a home keeps them: one chain for each pipeline, whoever appends.</summary>
public sealed class ReceiptChainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly RunIds _ids;

    public ReceiptChainTests() => _ids = new RunIds(_clock);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Receipts_that_several_processes_append_at_once_make_one_chain()
    {
        await using var one = TrueUpHome.Open(_folder.Path, _clock);
        await using var other = TrueUpHome.Open(_folder.Path, _clock);
        // Runs end in another order than they began.
        var ids = Enumerable.Range(0, 60).Select(_ => _ids.Next()).Reverse().ToList();

        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (id, token) =>
                await (ids.IndexOf(id) % 2 == 0 ? one : other).ReceiptBook.WriteAsync(
                    Sample.Pipeline(),
                    Outcome(id),
                    token
                )
        );

        var files = ReceiptFolder.Files(Path.Combine(_folder.Path, "receipts", "sellers"));
        var chain = files.Select(f => ReceiptFolder.TryRead(f)!).OrderBy(r => r.Body.Sequence).ToList();
        chain.Select(r => r.Body.Sequence).ShouldBe(Enumerable.Range(1, 60).Select(i => (long)i));
        chain.Skip(1).Select(r => r.Body.Previous).ShouldBe(chain.SkipLast(1).Select(r => r.Hash));
        chain[0].Body.Previous.ShouldBeNull();
        files.SelectMany(f => ReceiptInspection.Check(f, one.Keys.Trusted())).ShouldBeEmpty();
        Directory.GetFiles(_folder.File("receipts/sellers"), "*.tmp").ShouldBeEmpty();
        Directory.GetFiles(_folder.File("keys"), "*.pub").Length.ShouldBe(1, "the key was made once");
    }

    [Fact]
    public async Task A_receipt_whose_process_died_before_it_had_its_name_is_finished_by_the_next()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        var first = await WriteAsync(home);
        File.Move(first, first + ".tmp");

        var second = await WriteAsync(home);

        File.Exists(first).ShouldBeTrue();
        ReceiptInspection.Check(first, home.Keys.Trusted()).ShouldBeEmpty();
        ReceiptInspection.Check(second, home.Keys.Trusted()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receipt_is_found_by_its_run_and_as_the_head_of_its_chain()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        var (early, late) = (_ids.Next(), _ids.Next());
        await home.ReceiptBook.WriteAsync(Sample.Pipeline(), Outcome(late), CancellationToken.None);
        await home.ReceiptBook.WriteAsync(Sample.Pipeline(), Outcome(early), CancellationToken.None);

        var head = await home.Receipts.LatestAsync("sellers", CancellationToken.None);
        var ofLate = await home.Receipts.OfRunAsync(late, CancellationToken.None);

        head!.RunId.ShouldBe(early);
        head.Sequence.ShouldBe(2);
        ofLate!.Sequence.ShouldBe(1);
        ofLate.Path.ShouldBe($"receipts/sellers/{late}.json");
        ofLate.CreatedAt.ShouldBe(_clock.Now);
        (await home.Receipts.LatestAsync("other", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_receipt_taken_out_of_the_middle_is_missed()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        var paths = new[] { await WriteAsync(home), await WriteAsync(home), await WriteAsync(home) };

        File.Delete(paths[1]);
        ReceiptInspection.Check(paths[2], home.Keys.Trusted()).Select(f => f.Code).ShouldBe(["chain_broken"]);

        File.Delete(paths[0]);
        ReceiptInspection.Check(paths[2], home.Keys.Trusted()).ShouldBeEmpty("nothing before it lies here");
    }

    private async Task<string> WriteAsync(TrueUpHome home) =>
        (await home.ReceiptBook.WriteAsync(Sample.Pipeline(), Outcome(_ids.Next()), CancellationToken.None)).Path;

    private RunOutcome Outcome(string runId) =>
        new()
        {
            RunId = runId,
            Pipeline = "sellers",
            StartedAt = _clock.Now,
            FinishedAt = _clock.Now,
            Status = RunStatus.Completed,
            Verification = new Verification { Verdict = Verdict.Verified },
        };
}
