using System.Text;
using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Reading;

/// <summary>Files that hold a secret: readable by their owner alone.</summary>
internal static class SecretFile
{
    private const int BytesMax = 16 * 1024;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with a file, or null.</summary>
    public static Finding? Problem(string path)
    {
        if (!File.Exists(path))
        {
            return new Finding("file_missing", $"There is no file {path}.", "Check the path.");
        }
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            return new Finding(
                "file_not_private",
                $"{path} holds a secret and can be read by others than its owner.",
                $"Run: chmod 600 {path}"
            );
        }
        return null;
    }

    /// <summary>The secret in a file without the blanks around it, or what is wrong with the file.</summary>
    public static (string? Secret, Finding? Problem) Read(string path)
    {
        if (Problem(path) is { } problem)
        {
            return (null, problem);
        }
        try
        {
            using var stream = File.OpenRead(path);
            var buffer = new byte[BytesMax + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var secret = Encoding.UTF8.GetString(buffer, 0, length).Trim();
            return length <= BytesMax && secret.Length > 0
                ? (secret, null)
                : (
                    null,
                    new Finding("bad_value", $"{path} is empty or too long for a secret.", "Write the secret into it.")
                );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (
                null,
                new Finding("file_unreadable", $"{path} cannot be read: {error.Message}", "Check its permissions.")
            );
        }
    }
}
