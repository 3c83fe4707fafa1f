using System.Text.Json.Nodes;
using TrueUp.Proofs.Receipts;
using TrueUp.Runs;
using TrueUp.Testing.Memory;
using TrueUp.Tests.Runs;

namespace TrueUp.Tests.Proofs;

public sealed class ReceiptTests : IDisposable
{
    private readonly ReceiptKey _key = ReceiptKey.Create();

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_receipt_as_it_was_written_holds()
    {
        var (json, attachment) = await WriteAsync();
        ReceiptChecker.Check(json, [_key], attachment).ShouldBeEmpty();
        ReceiptChecker.Check(json.Replace("  ", "\t"), [_key]).ShouldBeEmpty("indentation does not count");
    }

    [Fact]
    public async Task A_receipt_holds_no_key_and_no_value()
    {
        var (json, attachment) = await WriteAsync();
        // The signature is base64, where two letters can stand by chance.
        var signed = json[..json.IndexOf("\"signature\"", StringComparison.Ordinal)];
        signed.ShouldNotContain("n7");
        signed.ShouldNotContain("altered");
        attachment!.ShouldContain("altered");
    }

    [Fact]
    public async Task An_erased_attachment_leaves_the_receipt_valid()
    {
        var (json, _) = await WriteAsync();
        ReceiptChecker.Check(json, [_key], attachment: null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"verdict\": \"repaired\"", "\"verdict\": \"verified\"", "receipt_altered")]
    [InlineData("\"pipeline\": \"test\"", "\"pipeline\": \"other\"", "receipt_altered")]
    [InlineData("\"created\": 1", "\"created\": 2", "receipt_altered")]
    [InlineData("\"unproven\": 0", "\"unproven\": 0, \"note\": 1", "not_a_receipt")]
    [InlineData("\"status\": \"completed\"", "\"status\": \"failed\"", "receipt_altered")]
    [InlineData("\"algorithm\": \"ecdsa-p256-sha256\"", "\"algorithm\": \"none\"", "signature_wrong")]
    public async Task An_edited_receipt_is_rejected(string original, string edited, string code)
    {
        var (json, _) = await WriteAsync();
        json.ShouldContain(original);
        Codes(ReceiptChecker.Check(json.Replace(original, edited), [_key])).ShouldContain(code);
    }

    [Fact]
    public async Task An_edited_receipt_with_its_hash_made_to_fit_is_rejected_by_its_signature()
    {
        var (json, _) = await WriteAsync();
        var edited = json.Replace("\"created\": 1", "\"created\": 2");
        var stated = Receipt.Parse(edited, out var actual).Hash;
        Codes(ReceiptChecker.Check(edited.Replace(stated, actual), [_key])).ShouldBe(["signature_wrong"]);
    }

    [Fact]
    public async Task Members_in_another_order_are_rejected()
    {
        var (json, _) = await WriteAsync();
        const string Two = "\"receipt_version\": 2,\n    \"digest_version\": 2,";
        json.ShouldContain(Two);
        Codes(ReceiptChecker.Check(json.Replace(Two, "\"digest_version\": 2,\n    \"receipt_version\": 2,"), [_key]))
            .ShouldContain("receipt_altered");
    }

    [Fact]
    public async Task A_receipt_cut_off_anywhere_is_rejected()
    {
        var (json, _) = await WriteAsync();
        for (var length = 0; length < json.Length - 2; length += 37)
        {
            Codes(ReceiptChecker.Check(json[..length], [_key])).ShouldBe(["not_a_receipt"]);
        }
    }

    [Fact]
    public async Task A_receipt_signed_by_another_key_is_rejected()
    {
        using var other = ReceiptKey.Create();
        var (json, _) = await WriteAsync();
        Codes(ReceiptChecker.Check(json, [other])).ShouldBe(["key_unknown"]);
        var forged = Receipt.Sign(Receipt.Parse(json, out var _).Body, other).ToJson();
        Codes(ReceiptChecker.Check(forged, [_key])).ShouldBe(["key_unknown"]);
        Codes(ReceiptChecker.Check(forged.Replace(other.Id, _key.Id), [_key])).ShouldContain("signature_wrong");
    }

    [Fact]
    public async Task An_altered_attachment_is_rejected()
    {
        var (json, attachment) = await WriteAsync();
        Codes(ReceiptChecker.Check(json, [_key], attachment!.Replace("altered", "Altered")))
            .ShouldBe(["attachment_altered"]);
    }

    [Fact]
    public async Task A_receipt_out_of_its_place_in_the_chain_is_rejected()
    {
        var (json, _) = await WriteAsync(previous: "aaaa");
        ReceiptChecker.Check(json, [_key], previous: "aaaa").ShouldBeEmpty();
        Codes(ReceiptChecker.Check(json, [_key], previous: "bbbb")).ShouldBe(["chain_broken"]);
    }

    [Fact]
    public async Task A_receipt_that_contradicts_itself_is_rejected_even_when_it_is_signed()
    {
        var body = Receipt.Parse((await WriteAsync()).Json, out _).Body;
        var unit = body.Units[0];
        foreach (
            var wrong in (ReceiptUnit[])
                [
                    unit with
                    {
                        Gaps = 1,
                    },
                    unit with
                    {
                        Target = "1:1",
                    },
                    unit with
                    {
                        Source = "1:1",
                        Target = "1:1",
                    },
                    unit with
                    {
                        Source = "x",
                    },
                ]
        )
        {
            Codes(ReceiptChecker.Check(Receipt.Sign(body with { Units = [wrong] }, _key).ToJson(), [_key]))
                .ShouldContain("receipt_contradicts_itself");
        }
    }

    [Fact]
    public async Task Anything_in_the_place_of_anything_is_a_finding_and_never_an_exception()
    {
        var (json, _) = await WriteAsync();
        using var next = ReceiptKey.Create();
        var body = Receipt.Parse(json, out var _).Body with
        {
            Rotations = [KeyRotation.Sign(_key, next, DateTimeOffset.UnixEpoch)],
        };
        var whole = Receipt.Sign(body, next).ToJson();
        ReceiptChecker.Check(whole, [_key]).ShouldBeEmpty();
        var places = Places(JsonNode.Parse(whole)!).Count;
        places.ShouldBeGreaterThan(50);
        for (var i = 0; i < places; i++)
        {
            foreach (var other in (string[])["null", "1", "\"x\"", "[]", "{}", "[null]", "true"])
            {
                var altered = JsonNode.Parse(whole)!;
                var place = Places(altered)[i];
                if (place.ToJsonString() == other)
                {
                    continue;
                }
                place.ReplaceWith(JsonNode.Parse(other));
                ReceiptChecker.Check(altered.ToJsonString(), [_key]).ShouldNotBeEmpty($"{i}: {other}");
            }
        }
    }

    [Fact]
    public void A_key_survives_its_file_and_the_public_half_checks()
    {
        using var read = ReceiptKey.FromPem(_key.PrivatePem());
        using var open = ReceiptKey.FromPem(_key.PublicPem());
        read.Id.ShouldBe(_key.Id);
        open.Id.ShouldBe(_key.Id);
        var hash = new byte[32];
        open.Verifies(hash, read.Sign(hash)).ShouldBeTrue();
        hash[0] = 1;
        open.Verifies(hash, read.Sign(new byte[32])).ShouldBeFalse();
        Should.Throw<FormatException>(() => ReceiptKey.FromPem("no key"));
    }

    private static List<JsonNode> Places(JsonNode node) =>
        node switch
        {
            JsonObject map =>
            [
                .. map.Where(m => m.Value is not null).SelectMany(m => Places(m.Value!).Prepend(m.Value!)),
            ],
            JsonArray list => [.. list.SelectMany(e => Places(e!).Prepend(e!))],
            _ => [],
        };

    [Theory]
    [InlineData("body", "units", "null")]
    [InlineData("body", "units", "[null]")]
    [InlineData("body", "coverage", "null")]
    [InlineData("body", "mode", "null")]
    [InlineData("body", "run_id", "\"\\ud800\"")]
    [InlineData("unit", "source", "null")]
    [InlineData("unit", "parts", "null")]
    [InlineData("unit", "parts", "[null]")]
    [InlineData("unit", "counts", "null")]
    [InlineData("signature", "value", "null")]
    [InlineData("signature", "key_id", "null")]
    public async Task A_receipt_with_nothing_where_something_belongs_is_no_receipt(
        string place,
        string member,
        string value
    )
    {
        var root = JsonNode.Parse((await WriteAsync()).Json)!;
        var node = place switch
        {
            "unit" => root["body"]!["units"]![0]!,
            _ => root[place]!,
        };
        node[member] = "HERE";
        Codes(ReceiptChecker.Check(root.ToJsonString().Replace("\"HERE\"", value), [_key])).ShouldBe(["not_a_receipt"]);
    }

    private static IEnumerable<string> Codes(IEnumerable<TrueUp.Pipelines.Finding> findings) =>
        findings.Select(f => f.Code);

    private async Task<(string Json, string? Attachment)> WriteAsync(string? previous = null)
    {
        var world = LoopTests.World(20);
        await world.RunAsync();
        world.Target.Rows[6] = Texts.Tuple(world.Target.Schema, ["7", "altered"]);
        world.Target.Rows.RemoveAt(2);
        var outcome = await world.RunAsync();
        outcome.Verification.Verdict.ShouldBe(Verdict.Repaired);
        var attachment = ReceiptAttachment.Of(outcome.Verification)?.ToJson();
        var body = ReceiptBuilder.Build(
            world.Pipeline,
            outcome,
            attachment is null ? null : ReceiptAttachment.HashOf(attachment),
            previous is null ? 1 : 2,
            previous
        );
        return (Receipt.Sign(body, _key).ToJson(), attachment);
    }
}
