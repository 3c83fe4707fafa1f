using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Proofs.Receipts;

/// <summary>Where receipts are written: signed, each chained to the one before.</summary>
public interface IReceiptBook
{
    /// <summary>Writes the receipt of a run.</summary>
    /// <returns>The receipt's path.</returns>
    ValueTask<string> WriteAsync(PipelineDefinition pipeline, RunOutcome outcome, CancellationToken cancellationToken);
}
