using TrueUp.Proofs.Receipts;
using TrueUp.Runs;
using TrueUp.Store.Audit;
using TrueUp.Store.Receipts;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Receipts;

/// <summary>A new signing key: old receipts stay checkable, and nobody else's key slips in.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly RunIds _ids;

    public KeyRotationTests() => _ids = new RunIds(_clock);

    private string Keys => _folder.File("keys");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Receipts_before_and_after_a_rotation_hold()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        var paths = new List<string> { await WriteAsync(home) };
        await home.RotateKeyAsync(CancellationToken.None);
        await home.RotateKeyAsync(CancellationToken.None);
        paths.Add(await WriteAsync(home));
        paths.Add(await WriteAsync(home));

        paths.SelectMany(p => ReceiptInspection.Check(p, home.Keys.Trusted())).ShouldBeEmpty();
        var receipts = paths.ConvertAll(p => ReceiptFolder.TryRead(p)!);
        receipts[0].Signature.KeyId.ShouldNotBe(receipts[1].Signature.KeyId);
        receipts.Select(r => r.Body.Rotations.Count).ShouldBe([0, 2, 0]);
    }

    [Fact]
    public async Task Who_trusts_only_the_first_key_can_check_receipts_of_later_ones()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        await WriteAsync(home);
        using var first = home.Keys.Trusted()[0];
        await home.RotateKeyAsync(CancellationToken.None);
        var second = await WriteAsync(home);
        var third = await WriteAsync(home);

        ReceiptInspection.Check(second, [first]).ShouldBeEmpty();
        ReceiptInspection.Check(third, [first]).ShouldBeEmpty();
        File.Delete(second);
        Codes(ReceiptInspection.Check(third, [first])).ShouldContain("key_unknown");
    }

    [Fact]
    public async Task A_foreign_key_is_rejected_though_its_public_half_was_put_among_the_trusted()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        await WriteAsync(home);
        using var foreign = ReceiptKey.Create();
        await File.WriteAllTextAsync(Path.Combine(Keys, "receipt.pem"), foreign.PrivatePem());
        await File.WriteAllTextAsync(Path.Combine(Keys, $"receipt-{foreign.Id}.pub"), foreign.PublicPem());

        var path = await WriteAsync(home);

        Codes(ReceiptInspection.Check(path, home.Keys.Trusted())).ShouldBe(["key_changed"]);
    }

    [Fact]
    public async Task A_foreign_key_that_vouches_for_itself_is_rejected()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        await WriteAsync(home);
        var trusted = home.Keys.Trusted();
        using var foreign = ReceiptKey.Create();
        var forged = KeyRotation.Sign(foreign, foreign, _clock.Now) with { From = trusted[0].Id };
        await File.WriteAllTextAsync(Path.Combine(Keys, "receipt.pem"), foreign.PrivatePem());
        await File.WriteAllTextAsync(Path.Combine(Keys, $"receipt-{foreign.Id}.rotation.json"), forged.ToJson());

        var path = await WriteAsync(home);

        ReceiptFolder.TryRead(path)!.Body.Rotations.Count.ShouldBe(1);
        Codes(ReceiptInspection.Check(path, trusted)).ShouldBe(["key_unknown", "key_changed"]);
    }

    [Fact]
    public async Task A_damaged_rotation_vouches_for_nothing_and_stops_no_run()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        await WriteAsync(home);
        var rotation = await home.RotateKeyAsync(CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Keys, $"receipt-{rotation!.To}.rotation.json"), "{\"from\": null}");

        var path = await WriteAsync(home);

        Codes(ReceiptInspection.Check(path, home.Keys.Trusted())).ShouldBe(["key_changed"]);
    }

    [Fact]
    public async Task There_is_nothing_to_rotate_before_the_first_receipt()
    {
        await using var home = TrueUpHome.Open(_folder.Path, _clock);
        (await home.RotateKeyAsync(CancellationToken.None)).ShouldBeNull();
    }

    private static IEnumerable<string> Codes(IEnumerable<TrueUp.Pipelines.Finding> findings) =>
        findings.Select(f => f.Code);

    private async Task<string> WriteAsync(TrueUpHome home) =>
        (
            await home.ReceiptBook.WriteAsync(
                Sample.Pipeline(),
                new RunOutcome
                {
                    RunId = _ids.Next(),
                    Pipeline = "sellers",
                    Verification = new Verification { Verdict = Verdict.Verified },
                },
                CancellationToken.None
            )
        ).Path;
}
