using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Runs;

namespace TrueUp.Store.Receipts;

/// <summary>
/// Writes receipts into a home: <c>receipts/{pipeline}/{run_id}.json</c> with an attachment <c>{run_id}.keys.json</c>
/// beside it, each chained to the pipeline's receipt before it. The control database holds the chain; the file is a
/// draft until its place in the chain is committed, and whoever appends next finishes what a dying process left.
/// </summary>
internal sealed class ReceiptBook(ReceiptIndex index, ReceiptKeys keys, Witnesses witnesses, TimeProvider clock)
    : IReceiptBook
{
    public async ValueTask<WrittenReceipt> WriteAsync(
        PipelineDefinition pipeline,
        RunOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        var path = index.Prepare(pipeline.Name, outcome.RunId);
        var attachment = ReceiptAttachment.Of(outcome.Verification)?.ToJson();
        if (attachment is not null)
        {
            var keysPath = AttachmentOf(path);
            WriteDraft(keysPath, attachment);
            Finish(keysPath);
        }
        var attachmentHash = attachment is null ? null : ReceiptAttachment.HashOf(attachment);
        Receipt? receipt = null;
        await index.AppendAsync(
            pipeline.Name,
            outcome.RunId,
            head =>
            {
                FinishHead(path, head);
                using var key = keys.Signing();
                var sequence = (head?.Sequence ?? 0) + 1;
                receipt = Receipt.Sign(
                    ReceiptBuilder.Build(
                        pipeline,
                        outcome,
                        attachmentHash,
                        sequence,
                        head?.Hash,
                        Rotations(path, head, key)
                    ),
                    key
                );
                WriteDraft(path, receipt.ToJson());
                return receipt.Hash;
            },
            cancellationToken
        );
        Finish(path);
        var problem = await WitnessAsync(pipeline, receipt!, cancellationToken);
        return new WrittenReceipt(path, problem is null ? [] : [problem]);
    }

    /// <summary>Where the keys and values of a receipt lie.</summary>
    public static string AttachmentOf(string receipt) => Path.ChangeExtension(receipt, ".keys.json");

    private async Task<Finding?> WitnessAsync(
        PipelineDefinition pipeline,
        Receipt receipt,
        CancellationToken cancellationToken
    )
    {
        if (pipeline.Witness is not { } witness)
        {
            return null;
        }
        var body = receipt.Body;
        var record = new WitnessRecord(
            clock.GetUtcNow(),
            body.Pipeline,
            body.Sequence,
            body.RunId,
            receipt.Hash,
            receipt.Signature.KeyId
        );
        var problem = await witnesses.TellAsync(witness, record, cancellationToken);
        await index.WitnessedAsync(body.RunId, problem, cancellationToken);
        return problem is null
            ? null
            : new Finding(
                "witness_failed",
                $"Nobody outside could be told of the receipt: {problem}.",
                "The run itself is not affected. The next receipt that is witnessed covers this one."
            )
            {
                Path = "witness",
                IsError = false,
            };
    }

    private static string DraftOf(string path) => path + ".tmp";

    // The head's process may have died after its commit, before it gave the file its name.
    private static void FinishHead(string path, ReceiptEntry? head)
    {
        if (head is null)
        {
            return;
        }
        var headPath = PathOf(path, head);
        if (!File.Exists(headPath) && File.Exists(DraftOf(headPath)))
        {
            Finish(headPath);
        }
    }

    private static string PathOf(string path, ReceiptEntry head) =>
        Path.Combine(Path.GetDirectoryName(path)!, $"{head.RunId}.json");

    private IReadOnlyList<KeyRotation> Rotations(string path, ReceiptEntry? head, ReceiptKey key) =>
        head is not null && File.Exists(PathOf(path, head)) && ReceiptFolder.TryRead(PathOf(path, head)) is { } last
            ? keys.Between(last.Signature.KeyId, key.Id)
            : [];

    // It must be on the disk before the commit that refers to it is.
    private static void WriteDraft(string path, string text)
    {
        using var file = new FileStream(DraftOf(path), FileMode.Create, FileAccess.Write);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    // A file is there whole or not at all.
    private static void Finish(string path)
    {
        try
        {
            File.Move(DraftOf(path), path, overwrite: true);
        }
        catch (FileNotFoundException) when (File.Exists(path))
        {
            // Whoever appended next was faster.
        }
    }
}
