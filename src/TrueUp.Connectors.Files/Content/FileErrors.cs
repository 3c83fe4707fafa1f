using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Content;

/// <summary>What can be wrong with a file as a whole, said so that the reader knows what to do.</summary>
internal static class FileErrors
{
    public static SideException Missing(string path, Exception? inner = null)
    {
        var similar = SimilarFiles.Of(path);
        var hint =
            similar.Count > 0
                ? $"Did you mean {string.Join(" or ", similar.Select(n => $"'{n}'"))}? Correct 'path' in the pipeline file."
                : "Correct 'path' in the pipeline file; a relative path counts from the pipeline file's folder.";
        return Of(ErrorType.Validation, "file_missing", $"There is no file '{path}'.", hint, inner);
    }

    public static SideException IsFolder(string path) =>
        Of(ErrorType.Validation, "not_a_file", $"'{path}' is a folder.", "Name the file inside the folder in 'path'.");

    public static SideException Denied(string path, Exception inner) =>
        Of(
            ErrorType.Auth,
            "permission_denied",
            $"'{path}' may not be read.",
            "Give the account that runs this permission to read the file.",
            inner
        );

    public static SideException Unreadable(string path, Exception inner) =>
        Of(
            ErrorType.Validation,
            "file_unreadable",
            $"'{path}' cannot be read: {inner.Message}",
            "Close programs that hold the file, and check the disk or network share it is on.",
            inner
        );

    public static SideException Empty(string path) =>
        Of(
            ErrorType.Validation,
            "file_empty",
            $"'{path}' has no content.",
            "Check what writes the file: not even a header is in it."
        );

    public static SideException Changed(string path) =>
        new(
            ErrorType.Validation,
            $"'{path}' changed while it was read.",
            "Run again when the file is complete. Let its writer write under another name and rename the file when done."
        )
        {
            Code = "source_changed",
            IsTransient = true,
        };

    public static SideException Of(
        ErrorType type,
        string code,
        string message,
        string suggestion,
        Exception? inner = null
    ) => new(type, message, suggestion, inner) { Code = code };
}
