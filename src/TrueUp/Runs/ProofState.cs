using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrueUp.Digests;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// What a proof leaves on the target for the next run: with it a later run can tell a target that was altered behind
/// its back
/// (verdict <c>repaired</c>) from a source that has moved on.
/// </summary>
internal sealed record ProofState
{
    /// <summary>The run that proved.</summary>
    public required string RunId { get; init; }

    /// <summary>Which columns and carriers were proven: a digest says nothing about another plan.</summary>
    public required string Plan { get; init; }

    /// <summary>The seed of the digest.</summary>
    public required long Seed { get; init; }

    /// <summary>The digest of the target, <c>count:sum</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The source's position at the time.</summary>
    public required string Source { get; init; }

    /// <summary>What is left where no proof describes the target any more.</summary>
    public const string None = "{}";

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when it is absent or of another version.</summary>
    public static ProofState? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, ProofStateJson.Default.ProofState);
        }
        catch (JsonException)
        {
            // Written by another version: the run goes on without the distinction.
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, ProofStateJson.Default.ProofState);

    /// <summary>A fingerprint of what is carried and how.</summary>
    public static string Fingerprint(RowPlan plan)
    {
        var text = new StringBuilder("2");
        foreach (var column in plan.Columns)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{column.TargetName.Length}:{column.TargetName} {column.Carrier}"
            );
        }
        text.Append('\n').AppendJoin(',', plan.Schema.KeyOrdinals);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    /// <summary>Whether the target no longer is what this proof left.</summary>
    public async ValueTask<bool> IsAlteredAsync(IRowSet target, RowPlan plan, CancellationToken cancellationToken)
    {
        if (
            !string.Equals(Plan, Fingerprint(plan), StringComparison.Ordinal)
            || !SetDigest.TryParse(Target, out var proven)
        )
        {
            return false;
        }
        var now = await target.DigestAsync(Partitioning.Whole, Seed, cancellationToken);
        return now[0] != proven;
    }
}
