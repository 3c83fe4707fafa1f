using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;

namespace TrueUp.Bench.Faults.Hostile;

/// <summary>Receipts, their attachments, and what a proof leaves on a target: cut, edited, and signed over
/// nonsense.</summary>
internal sealed class HostileJson : IHostileKind
{
    private static readonly string[] Words =
    [
        "null",
        "true",
        "-1",
        "1e400",
        "99999999999999999999",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[null]",
        "[[]]",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\"body\":1,",
        "\"units\":null,",
        "{\"a\":1,\"a\":2}",
        "/**/",
        ",",
        ":",
        "\"",
        "]",
        "}",
        "[",
        "{",
        "NaN",
        "'x'",
        "\"-1:0\"",
        "\"0:1e9\"",
    ];

    private const string HalfPair = "half a pair";

    private static readonly ReceiptKey Key = ReceiptKey.Create();

    private readonly (string Receipt, string Attachment, string Proof) _good;

    private HostileJson((string Receipt, string Attachment, string Proof) good) => _good = good;

    public string Name => "json";

    /// <summary>Lets two runs write what is then damaged.</summary>
    public static async Task<HostileJson> CreateAsync() => new(await WriteAsync());

    public byte[] Make(Random random)
    {
        var (receipt, _, proof) = _good;
        return random.Next(16) switch
        {
            0 => Deep(random),
            1 => Mutation.Of(Encoding.UTF8.GetBytes(proof), random, Words),
            < 5 => Mutation.Of(Mutation.Encoded(receipt, random), random, Words),
            < 10 => Bytes(Edited(receipt, random).ToJsonString()),
            _ => Bytes(Signed(Edited(receipt, random))),
        };
    }

    public async Task<string> ReadAsync(byte[] content, string path, Random random, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(content);
        if (random.Next(40) == 0)
        {
            await RunAfterAsync(text);
            return "a proof that makes no sense, run";
        }
        var (receipt, attachment, _) = _good;
        var beside = random.Next(3) switch
        {
            0 => attachment,
            1 => text,
            _ => null,
        };
        var findings = ReceiptChecker.Check(text, [Key], beside, random.Next(4) == 0 ? text : null);
        foreach (var finding in findings)
        {
            BrokenPromiseException.UnlessSaid(finding.Code, finding.Message, finding.Suggestion);
        }
        if (findings.Count > 0)
        {
            return $"refused: {findings[0].Code}";
        }
        // Only what the key signed holds.
        BrokenPromiseException.Unless(
            Key.Verifies(
                SHA256.HashData(Encoding.UTF8.GetBytes(JsonNode.Parse(text)!["body"]!.ToJsonString())),
                Receipt.Parse(text, out _).Signature
            ),
            "a receipt holds that nobody signed"
        );
        return text == receipt ? "holds" : "holds: signed anew";
    }

    // A target's own memory of its last proof is no reason for a run to fail.
    private static async Task RunAfterAsync(string proof)
    {
        var world = World();
        await world.RunAsync();
        world.Store.States["test"] = world.Store.States["test"] with { Proof = proof };
        var outcome = await world.RunAsync();
        BrokenPromiseException.Unless(
            outcome.Error is null && outcome.Verification.Verdict is Verdict.Verified or Verdict.Repaired,
            $"a run after a damaged proof: {outcome.Error?.Message}"
        );
    }

    private static JsonNode Edited(string receipt, Random random)
    {
        var root = JsonNode.Parse(receipt)!;
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var all = Nodes(root).ToList();
            var node = all[random.Next(all.Count)];
            if (random.Next(6) == 0 && node.Parent is JsonObject parent)
            {
                parent.Remove(node.GetPropertyName());
                continue;
            }
            node.ReplaceWith(random.Next(3) == 0 ? Value(random) : Alike(node, random));
        }
        return root;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode root)
    {
        var children = root switch
        {
            JsonObject members => members.Select(m => m.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(c => Nodes(c).Prepend(c));
    }

    // Of the same kind, so that it is read and has to be understood.
    private static JsonNode? Alike(JsonNode node, Random random) =>
        node.GetValueKind() switch
        {
            JsonValueKind.String => JsonValue.Create(
                ((string[])["", "1:1", "-1:1", "verified", "mirror", "!", "é", new string('9', 50), "AAAA", "0"])[
                    random.Next(10)
                ]
            ),
            JsonValueKind.Number => JsonValue.Create(random.Next(2) == 0 ? random.Next(-2, 50) : long.MaxValue),
            JsonValueKind.Array => new JsonArray(random.Next(2) == 0 ? [] : [null]),
            _ => Value(random),
        };

    private static JsonNode? Value(Random random) =>
        random.Next(14) switch
        {
            0 => null,
            1 => JsonValue.Create(-1),
            2 => JsonNode.Parse("1e400"),
            3 => JsonValue.Create(long.MaxValue),
            4 => JsonValue.Create(""),
            5 => JsonValue.Create(new string('9', random.Next(60)) + ":" + new string('9', random.Next(60))),
            6 => new JsonArray(null, null),
            7 => new JsonObject(),
            8 => JsonValue.Create(true),
            9 => JsonValue.Create("0001-01-01T00:00:00+14:00"),
            10 => new JsonArray([
                .. Enumerable.Range(0, random.Next(2000)).Select(i => (JsonNode?)JsonValue.Create("1:1")),
            ]),
            11 => JsonValue.Create("\0\u2028\uFFFF"),
            12 => JsonValue.Create(HalfPair),
            _ => JsonValue.Create(new string('x', random.Next(3000))),
        };

    // Made to fit: the hash is right and the key has signed it, so that what comes after is looked at.
    private static string Signed(JsonNode receipt)
    {
        if (receipt["body"] is not { } body)
        {
            return receipt.ToJsonString();
        }
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString()));
        var signature = Key.Sign(hash);
        receipt["hash"] = Convert.ToHexStringLower(hash);
        receipt["signature"] = new JsonObject
        {
            ["algorithm"] = signature.Algorithm,
            ["key_id"] = signature.KeyId,
            ["value"] = signature.Value,
        };
        return receipt.ToJsonString();
    }

    // Half of a surrogate pair has no UTF-8, so nothing can write it; it has to be put in by hand.
    private static byte[] Bytes(string json) =>
        Encoding.UTF8.GetBytes(json.Replace(HalfPair, "\\ud800", StringComparison.Ordinal));

    private static byte[] Deep(Random random)
    {
        var piece = ((string[])["[", "{\"body\":", "{\"a\":{", "\"", "[{\"a\":["])[random.Next(5)];
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 1 << random.Next(1, 17))));
    }

    private static MemoryWorld World()
    {
        var world = new MemoryWorld("id int32", "name");
        for (var i = 1; i < 20; i++)
        {
            world.Source.Add($"{i}", $"n{i}");
        }
        return world;
    }

    private static async Task<(string Receipt, string Attachment, string Proof)> WriteAsync()
    {
        var world = World();
        await world.RunAsync();
        world.Target.Rows.RemoveAt(3);
        var outcome = await world.RunAsync();
        var attachment = ReceiptAttachment.Of(outcome.Verification)!.ToJson();
        var body = ReceiptBuilder.Build(
            world.Pipeline,
            outcome,
            ReceiptAttachment.HashOf(attachment),
            sequence: 2,
            new string('0', 64)
        );
        // Nothing of it has another length the next time, so that a seed damages the same places.
        var unit = body.Units[0] with
        {
            Seed = "17",
            Source = "19:1234567890",
            Target = "19:1234567890",
            Parts = ["9:1234567000", "10:890"],
        };
        body = body with
        {
            RunId = "run-2",
            StartedAt = DateTimeOffset.UnixEpoch,
            FinishedAt = DateTimeOffset.UnixEpoch,
            Units = [unit],
        };
        var receipt = Receipt.Sign(body, Key).ToJson();
        return (receipt, attachment, world.Store.States["test"].Proof!);
    }
}
