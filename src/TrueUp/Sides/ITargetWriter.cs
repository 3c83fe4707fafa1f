namespace TrueUp.Sides;

/// <summary>
/// Writes changes under one epoch. Each call is one transaction that first makes sure the epoch is still the newest.
/// </summary>
public interface ITargetWriter : IAsyncDisposable
{
    /// <summary>The fencing number this writer holds.</summary>
    long Epoch { get; }

    /// <summary>Applies a batch whole or not at all.</summary>
    /// <returns>Positions of rows that were left alone because the target's row is not what Compare saw (a create whose
    /// key is
    /// taken, an update or delete whose row changed or is gone), ascending; empty when all were applied.</returns>
    /// <exception cref="FencedException">A newer run has taken over; nothing was written.</exception>
    /// <exception cref="SideException"><see cref="SideException.IsRecordFault"/> when a record of the batch is to
    /// blame: nothing
    /// was written and the batch can be tried in halves.</exception>
    ValueTask<IReadOnlyList<int>> ApplyAsync(ChangeBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Called after a first load: does what the target put off so that loading is fast, such as building the key's
    /// index.
    /// Rows of the target may be read meanwhile.
    /// </summary>
    /// <exception cref="SideException">What was loaded does not bear it.</exception>
    ValueTask BuildKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Ends a first load after <see cref="BuildKeyAsync"/>, at a moment when nothing of this run reads the target.
    /// </summary>
    /// <exception cref="FencedException">A newer run has taken over.</exception>
    ValueTask EndLoadAsync(CancellationToken cancellationToken);

    /// <summary>Leaves what a proof found for the next run, in a transaction that checks the epoch.</summary>
    /// <exception cref="FencedException">A newer run has taken over.</exception>
    ValueTask SaveProofAsync(string proof, CancellationToken cancellationToken);
}
