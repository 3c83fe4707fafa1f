using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Runs;

namespace TrueUp.Store.Receipts;

/// <summary>
/// Writes receipts into a home: <c>receipts/{pipeline}/{run_id}.json</c> with an attachment <c>{run_id}.keys.json</c>
/// beside it, each
/// chained to the pipeline's receipt before it.
/// </summary>
internal sealed class ReceiptBook(ReceiptIndex index, ReceiptKeys keys) : IReceiptBook, IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    public async ValueTask<string> WriteAsync(
        PipelineDefinition pipeline,
        RunOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var path = index.Prepare(pipeline.Name, outcome.RunId);
            var attachment = ReceiptAttachment.Of(outcome.Verification)?.ToJson();
            if (attachment is not null)
            {
                await WriteWholeAsync(AttachmentOf(path), attachment, cancellationToken);
            }
            var previous = await index.LatestAsync(pipeline.Name, cancellationToken);
            var body = ReceiptBuilder.Build(
                pipeline,
                outcome,
                attachment is null ? null : ReceiptAttachment.HashOf(attachment),
                previous?.Hash
            );
            using var key = keys.Signing();
            var receipt = Receipt.Sign(body, key);
            await WriteWholeAsync(path, receipt.ToJson(), cancellationToken);
            await index.AddAsync(pipeline.Name, outcome.RunId, receipt.Hash, cancellationToken);
            return path;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Where the keys and values of a receipt lie.</summary>
    public static string AttachmentOf(string receipt) => Path.ChangeExtension(receipt, ".keys.json");

    // A file is there whole or not at all.
    private static async Task WriteWholeAsync(string path, string text, CancellationToken cancellationToken)
    {
        var draft = path + ".tmp";
        await File.WriteAllTextAsync(draft, text, cancellationToken);
        File.Move(draft, path, overwrite: true);
    }
}
