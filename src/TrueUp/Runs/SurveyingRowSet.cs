using System.Runtime.CompilerServices;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// A source that is surveyed while its rows are loaded, so that a first load reads it once less. Whoever wants anything
/// else of it first waits for a survey of its own: what is compared must be free of records that were set apart.
/// </summary>
internal sealed class SurveyingRowSet(Survey survey, IRowSet inner) : IRowSet
{
    private IRowSet? _surveyed;

    public SidePosition Position => inner.Position;

    public bool CanSeek => _surveyed?.CanSeek ?? false;

    public async IAsyncEnumerable<RowBatch> ReadAsync(
        PartSelection selection,
        IRejectSink? rejects,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (_surveyed is not null || !selection.IsEverything)
        {
            var surveyed = await SurveyedAsync(cancellationToken);
            await foreach (var batch in surveyed.ReadAsync(selection, rejects, cancellationToken))
            {
                yield return batch;
            }
            yield break;
        }
        await foreach (var batch in survey.ReadAsync(cancellationToken))
        {
            yield return batch;
        }
        _surveyed = await survey.FinishAsync(cancellationToken);
    }

    public async ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        await (await SurveyedAsync(cancellationToken)).IsEmptyAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(
        long rowsPerRange,
        CancellationToken cancellationToken
    ) => await (await SurveyedAsync(cancellationToken)).SplitAsync(rowsPerRange, cancellationToken);

    public async ValueTask<SetDigest[]> DigestAsync(
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    ) => await (await SurveyedAsync(cancellationToken)).DigestAsync(partitioning, seed, cancellationToken);

    public async IAsyncEnumerable<RowBatch> ReadKeysAsync(
        PartSelection selection,
        long seed,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var surveyed = await SurveyedAsync(cancellationToken);
        await foreach (var batch in surveyed.ReadKeysAsync(selection, seed, cancellationToken))
        {
            yield return batch;
        }
    }

    public async IAsyncEnumerable<RowBatch> ReadByKeysAsync(
        RowBatch keys,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var surveyed = await SurveyedAsync(cancellationToken);
        await foreach (var batch in surveyed.ReadByKeysAsync(keys, cancellationToken))
        {
            yield return batch;
        }
    }

    public ValueTask CheckUnchangedAsync(CancellationToken cancellationToken) =>
        inner.CheckUnchangedAsync(cancellationToken);

    // The source is its opener's to dispose.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<IRowSet> SurveyedAsync(CancellationToken cancellationToken) =>
        _surveyed ??= await survey.RunAsync(cancellationToken);
}
