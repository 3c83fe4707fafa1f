using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Proofs.Receipts;

/// <summary>Where receipts are written: signed, each chained to the one before.</summary>
public interface IReceiptBook
{
    /// <summary>Writes the receipt of a run.</summary>
    ValueTask<WrittenReceipt> WriteAsync(
        PipelineDefinition pipeline,
        RunOutcome outcome,
        CancellationToken cancellationToken
    );
}
