using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Runs;
using TrueUp.Store.Audit;
using TrueUp.Store.Receipts;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Receipts;

/// <summary>
/// What a witness outside finds out though the operator has every key: the chain's end cut off, another order, a chain
/// written anew.
/// </summary>
public sealed class WitnessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly RunIds _ids;

    public WitnessTests() => _ids = new RunIds(_clock);

    private string Witness => _folder.File("witness.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chain_is_the_one_that_was_witnessed()
    {
        await using var home = Open();
        var paths = await WriteAsync(home, 4);
        await home.RotateKeyAsync(CancellationToken.None);
        paths.AddRange(await WriteAsync(home, 1));

        Check(home, paths[0]).ShouldBeEmpty();
        (await File.ReadAllLinesAsync(Witness))
            .Select(l => WitnessRecord.TryParse(l)!.Sequence)
            .ShouldBe([1, 2, 3, 4, 5]);
        (await home.Receipts.ListAsync("sellers", 10, null, CancellationToken.None)).Items.ShouldAllBe(r =>
            r.WitnessedAt == _clock.Now && r.WitnessProblem == null
        );
    }

    [Fact]
    public async Task A_part_of_the_chain_that_was_copied_is_judged_from_its_first_receipt_on()
    {
        await using var home = Open();
        var paths = await WriteAsync(home, 4);
        File.Delete(paths[0]);
        File.Delete(paths[1]);

        Check(home, paths[2]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_chain_whose_end_was_cut_off_is_found_out()
    {
        await using var home = Open();
        var paths = await WriteAsync(home, 4);
        File.Delete(paths[3]);

        ReceiptInspection.Check(paths[2], home.Keys.Trusted()).ShouldBeEmpty("by itself nothing is wrong with it");
        Check(home, paths[2]).ShouldBe(["chain_truncated"]);
    }

    [Fact]
    public async Task A_chain_that_its_operator_wrote_anew_and_signed_is_found_out()
    {
        await using var home = Open();
        var paths = await WriteAsync(home, 3);
        string? previous = null;
        foreach (var path in paths)
        {
            using var key = home.Keys.Signing();
            var body = ReceiptFolder.TryRead(path)!.Body with { Mode = "upsert", Previous = previous };
            var forged = Receipt.Sign(body, key);
            await File.WriteAllTextAsync(path, forged.ToJson());
            previous = forged.Hash;
        }

        paths.SelectMany(p => ReceiptInspection.Check(p, home.Keys.Trusted())).ShouldBeEmpty();
        Check(home, paths[2]).ShouldBe(["chain_replaced", "chain_replaced", "chain_replaced"]);
    }

    [Fact]
    public async Task A_chain_in_another_order_is_found_out_though_its_operator_signed_it()
    {
        await using var home = Open();
        var paths = await WriteAsync(home, 3);
        var receipts = paths.ConvertAll(p => ReceiptFolder.TryRead(p)!);

        var findings = WitnessChecker.Check(
            "sellers",
            [
                receipts[0],
                receipts[2] with
                {
                    Body = receipts[2].Body with { Sequence = 2 },
                },
                receipts[1] with
                {
                    Body = receipts[1].Body with { Sequence = 3 },
                },
            ],
            await File.ReadAllLinesAsync(Witness)
        );

        findings.Select(f => f.Code).ShouldBe(["chain_reordered", "chain_reordered"]);
    }

    [Fact]
    public async Task A_receipt_missing_from_the_middle_is_named()
    {
        await using var home = Open();
        var paths = await WriteAsync(home, 3);
        File.Delete(paths[1]);

        Check(home, paths[0]).ShouldBe(["chain_broken", "receipt_missing"]);
    }

    [Fact]
    public async Task A_witness_that_was_told_of_two_chains_or_of_nothing_is_no_witness_for_one()
    {
        await using var home = Open();
        var paths = await WriteAsync(home, 1);
        var record = WitnessRecord.TryParse((await File.ReadAllLinesAsync(Witness))[0])!;
        await File.AppendAllTextAsync(Witness, (record with { Hash = "00" }).ToJson() + "\nhalf a li");
        Check(home, paths[0]).ShouldBe(["witness_contradicts", "witness_unreadable", "chain_replaced"]);

        await File.WriteAllTextAsync(Witness, (record with { Pipeline = "other" }).ToJson());
        Check(home, paths[0]).ShouldBe(["witness_empty"]);
    }

    [Fact]
    public async Task A_witness_that_cannot_be_told_is_a_warning_and_noted()
    {
        await using var home = Open();
        var id = _ids.Next();
        var pipeline = Pipeline(new WitnessDefinition { File = _folder.File("no/such/folder/witness.jsonl") });

        var written = await home.ReceiptBook.WriteAsync(pipeline, Outcome(id), CancellationToken.None);

        var warning = written.Warnings.ShouldHaveSingleItem();
        warning.Code.ShouldBe("witness_failed");
        warning.IsError.ShouldBeFalse();
        var entry = await home.Receipts.OfRunAsync(id, CancellationToken.None);
        entry!.WitnessedAt.ShouldBeNull();
        entry.WitnessProblem.ShouldNotBeNull();
        ReceiptInspection.Check(written.Path, home.Keys.Trusted()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_processes_tell_one_file_without_losing_a_line()
    {
        using var first = new Witnesses(TimeProvider.System, TimeSpan.FromMilliseconds(20));
        using var other = new Witnesses(TimeProvider.System, TimeSpan.FromMilliseconds(20));
        var told = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 40),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (i, token) =>
            {
                var problem = await (i % 2 == 0 ? first : other).TellAsync(
                    new WitnessDefinition { File = Witness },
                    new WitnessRecord(_clock.Now, "sellers", i, "run", $"{i}", "key"),
                    token
                );
                Interlocked.Add(ref told, problem is null ? 1 : 0);
            }
        );

        var lines = await File.ReadAllLinesAsync(Witness);
        lines.Length.ShouldBe(told);
        lines.Select(l => WitnessRecord.TryParse(l)!.Sequence).Distinct().Count().ShouldBe(told);
    }

    private TrueUpHome Open() => TrueUpHome.Open(_folder.File("home"), _clock);

    private IEnumerable<string> Check(TrueUpHome home, string path) =>
        ReceiptInspection.CheckChain(path, Witness, home.Keys.Trusted()).Select(f => f.Code);

    private async Task<List<string>> WriteAsync(TrueUpHome home, int count)
    {
        var paths = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var pipeline = Pipeline(new WitnessDefinition { File = Witness });
            var written = await home.ReceiptBook.WriteAsync(pipeline, Outcome(_ids.Next()), CancellationToken.None);
            written.Warnings.ShouldBeEmpty();
            paths.Add(written.Path);
        }
        return paths;
    }

    private static PipelineDefinition Pipeline(WitnessDefinition witness) =>
        Sample.Pipeline() with
        {
            Witness = witness,
        };

    private static RunOutcome Outcome(string runId) =>
        new()
        {
            RunId = runId,
            Pipeline = "sellers",
            Verification = new Verification { Verdict = Verdict.Verified },
        };
}
