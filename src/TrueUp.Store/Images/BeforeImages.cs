using TrueUp.Store.Audit;
using TrueUp.Undo;

namespace TrueUp.Store.Images;

/// <summary>
/// The rows that runs replaced: <c>undo/{run_id}/images.img</c> in the home. Deleting a run's folder erases them; the
/// run then cannot be undone.
/// </summary>
internal sealed class BeforeImages(StoreContext context) : IBeforeImages
{
    public long BytesMax => 1L << 30;

    public IImageLog Begin(string runId) => new ImageFile(FileOf(runId));

    public IEnumerable<byte[]> Read(string runId)
    {
        var file = FileOf(runId);
        return RunIds.IsValid(runId) && File.Exists(file) ? new ImageFileReader(file).Read() : [];
    }

    private string FileOf(string runId) => Path.Combine(context.ImagesOf(runId), "images.img");
}
