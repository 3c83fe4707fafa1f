using TrueUp.Pipelines;

namespace TrueUp.Proofs.Receipts;

/// <summary>
/// Holds a chain of receipts against what a witness was told. A receipt that was not told of is covered by the next
/// one that was, since each holds the hash of the one before.
/// </summary>
public static class WitnessChecker
{
    /// <summary>Compares; receipts below the lowest that is at hand are not judged.</summary>
    /// <param name="pipeline">The chain's pipeline.</param>
    /// <param name="chain">The receipts at hand, in any order.</param>
    /// <param name="lines">The witness's lines; those of other pipelines do not count.</param>
    /// <returns>What is wrong; empty when the chain is the one that was witnessed.</returns>
    public static IReadOnlyList<Finding> Check(string pipeline, IReadOnlyList<Receipt> chain, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(lines);
        var findings = new List<Finding>();
        var records = Read(pipeline, lines, findings);
        var bySequence = chain.ToLookup(r => r.Body.Sequence);
        var byHash = chain.ToLookup(r => r.Hash, StringComparer.Ordinal);
        var (low, high) =
            chain.Count == 0 ? (1, 0) : (chain.Min(r => r.Body.Sequence), chain.Max(r => r.Body.Sequence));
        foreach (var fork in bySequence.Where(g => g.Count() > 1))
        {
            findings.Add(
                Error("chain_forked", $"There are {fork.Count()} receipts at place {fork.Key}.", "Only one is genuine.")
            );
        }
        foreach (var record in records.Where(r => r.Sequence >= low))
        {
            if (bySequence[record.Sequence].Any(r => Same(r.Hash, record.Hash)))
            {
                continue;
            }
            findings.Add(
                byHash[record.Hash].FirstOrDefault() is { } elsewhere
                    ? Error(
                        "chain_reordered",
                        $"The receipt witnessed at place {record.Sequence} now stands at {elsewhere.Body.Sequence}.",
                        "Trust the order of the witness."
                    )
                : record.Sequence > high
                    ? Error(
                        "chain_truncated",
                        $"The witness knows a receipt at place {record.Sequence} (run {record.RunId}); the chain ends at {high}.",
                        "Receipts at the end were removed: get them from a backup."
                    )
                : bySequence[record.Sequence].Any()
                    ? Error(
                        "chain_replaced",
                        $"The receipt at place {record.Sequence} is not the one that was witnessed, whoever signed it.",
                        "The chain was written anew from there on: trust nothing after that place."
                    )
                : Error(
                    "receipt_missing",
                    $"The receipt witnessed at place {record.Sequence} (run {record.RunId}) is missing.",
                    "Get it from a backup."
                )
            );
        }
        return findings;
    }

    private static List<WitnessRecord> Read(string pipeline, IEnumerable<string> lines, List<Finding> findings)
    {
        var records = new List<WitnessRecord>();
        var places = new Dictionary<long, string>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }
            if (WitnessRecord.TryParse(line) is not { } record)
            {
                findings.Add(
                    Error(
                        "witness_unreadable",
                        $"Line {number} of the witness is no record.",
                        "Get it from a backup."
                    ) with
                    {
                        Line = number,
                    }
                );
                continue;
            }
            if (!Same(record.Pipeline, pipeline))
            {
                continue;
            }
            if (places.TryGetValue(record.Sequence, out var hash) && !Same(hash, record.Hash))
            {
                findings.Add(
                    Error(
                        "witness_contradicts",
                        $"The witness was told of two receipts at place {record.Sequence} (line {number}).",
                        "The chain was written anew in between; the earlier line is the genuine one."
                    ) with
                    {
                        Line = number,
                    }
                );
            }
            places.TryAdd(record.Sequence, record.Hash);
            records.Add(record);
        }
        if (records.Count == 0)
        {
            findings.Add(Error("witness_empty", $"The witness knows nothing of '{pipeline}'.", "Name the right file."));
        }
        return records;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

    private static Finding Error(string code, string message, string suggestion) =>
        new(code, message, suggestion) { Path = "witness" };
}
