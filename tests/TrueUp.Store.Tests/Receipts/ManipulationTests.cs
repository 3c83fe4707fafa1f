using TrueUp.Proofs.Receipts;
using TrueUp.Runs;
using TrueUp.Store.Audit;
using TrueUp.Store.Receipts;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Receipts;

/// <summary>
/// What a check of a receipt must reject, on a chain of three whose second is manipulated, by somebody who has all
/// files but not the signing key.
/// </summary>
public sealed class ManipulationTests : IDisposable
{
    private static readonly Dictionary<string, Action<Chain>> Manipulations = new()
    {
        ["a number is edited"] = c => c.Edit("\"created\": 3", "\"created\": 4"),
        ["a number is edited and the hash made to fit"] = c =>
            c.EditAndHash(b => b with { Units = [b.Units[0] with { Counts = new RunCounts { Created = 4 } }] }),
        ["the verdict is edited"] = c => c.Edit("\"verdict\": \"verified\"", "\"verdict\": \"repaired\""),
        ["the time of the proof is edited"] = c => c.Edit("\"finished_at\": \"2026", "\"finished_at\": \"2027"),
        ["the order of members is changed"] = c =>
            c.Edit("\"kind\": \"run\",\n    \"mode\": \"mirror\"", "\"mode\": \"mirror\",\n    \"kind\": \"run\""),
        ["a member is added"] = c => c.Edit("\"kind\": \"run\"", "\"kind\": \"run\", \"approved\": true"),
        ["the end is cut off"] = c => File.WriteAllText(c.Second, c.Text[..^200]),
        ["the signature is made of nothing"] = c => c.Edit("ecdsa-p256-sha256", "none"),
        ["the receipt is signed by another key"] = c => c.Resign(b => b),
        ["the receipt is signed by another key that is put among the trusted"] = c =>
        {
            c.Resign(b => b);
            c.Trust();
        },
        ["the key's name is kept and the signature is another key's"] = c =>
        {
            var id = Receipt.Parse(c.Text, out _).Signature.KeyId;
            c.Resign(b => b);
            c.Edit(c.Foreign.Id, id);
        },
        ["keys in the attachment are altered"] = c =>
            File.WriteAllText(c.Attachment, File.ReadAllText(c.Attachment).Replace("AA1", "AA2")),
        ["the receipt before it is removed"] = c => File.Delete(c.First),
        ["two receipts change places"] = c => c.Swap(),
        ["a receipt is played again for a later one"] = c => File.Copy(c.First, c.Second, overwrite: true),
        ["a receipt of another pipeline is put in its place"] = c => c.EditAndHash(b => b with { Pipeline = "other" }),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();

    public static TheoryData<string> Names => [.. Manipulations.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_manipulated_receipt_is_rejected(string manipulation)
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        var ids = new RunIds(_clock);
        var paths = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            paths.Add(
                (await home.ReceiptBook.WriteAsync(Sample.Pipeline(), Outcome(ids.Next()), CancellationToken.None)).Path
            );
        }
        using var chain = new Chain(paths[1], paths[2], home.Keys, Path.Combine(_folder.Path, "keys"));
        chain.Check().ShouldBeEmpty();

        Manipulations[manipulation](chain);

        var findings = chain.Check();
        findings.ShouldNotBeEmpty();
        findings.ShouldAllBe(f => f.Message.Length > 0 && f.Suggestion.Length > 0);
    }

    private RunOutcome Outcome(string runId)
    {
        var differences = new DifferenceList();
        differences.Gaps.Add("AA1");
        var verification = new Verification { Verdict = Verdict.Verified, Repaired = differences };
        return new RunOutcome
        {
            RunId = runId,
            Pipeline = "sellers",
            StartedAt = _clock.Now,
            FinishedAt = _clock.Now,
            Status = RunStatus.Completed,
            Verification = verification,
            Units =
            [
                new UnitOutcome("")
                {
                    Counts = new RunCounts { Created = 3 },
                    Verification = verification,
                },
            ],
        };
    }

    private sealed class Chain(string first, string second, ReceiptKeys keys, string folder) : IDisposable
    {
        public ReceiptKey Foreign { get; } = ReceiptKey.Create();

        public string First => first;

        public string Second => second;

        public string Attachment => ReceiptBook.AttachmentOf(second);

        public string Text => File.ReadAllText(second);

        public void Dispose() => Foreign.Dispose();

        public IReadOnlyList<TrueUp.Pipelines.Finding> Check() => ReceiptInspection.Check(second, keys.Trusted());

        public void Edit(string original, string edited)
        {
            Text.ShouldContain(original);
            File.WriteAllText(second, Text.Replace(original, edited));
        }

        public void EditAndHash(Func<ReceiptBody, ReceiptBody> edit)
        {
            var receipt = Receipt.Parse(Text, out _);
            var hash = Receipt.Sign(edit(receipt.Body), Foreign).Hash;
            File.WriteAllText(second, (receipt with { Body = edit(receipt.Body), Hash = hash }).ToJson());
        }

        public void Resign(Func<ReceiptBody, ReceiptBody> edit) =>
            File.WriteAllText(second, Receipt.Sign(edit(Receipt.Parse(Text, out _).Body), Foreign).ToJson());

        public void Trust() =>
            File.WriteAllText(Path.Combine(folder, $"receipt-{Foreign.Id}.pub"), Foreign.PublicPem());

        public void Swap()
        {
            var (one, other) = (File.ReadAllText(first), Text);
            File.WriteAllText(first, other);
            File.WriteAllText(second, one);
        }
    }
}
