using System.Security.Cryptography;
using System.Text;

namespace TrueUp.Pipelines.Reading;

/// <summary>The bytes of a pipeline file: bounded, and text.</summary>
internal static class PipelineFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file, or says why it cannot be read.</summary>
    public static Finding? Load(string file, out byte[] bytes)
    {
        bytes = [];
        if (Directory.Exists(file))
        {
            return new Finding(
                "file_unreadable",
                $"{file} is a folder, not a pipeline file.",
                "Name the pipeline file in it."
            );
        }
        try
        {
            using var stream = File.OpenRead(file);
            // The length is not asked for: a pipe has none.
            var buffer = new byte[PipelineReader.FileBytesMax + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length == buffer.Length)
            {
                return new Finding(
                    "file_too_large",
                    $"{file} is longer than 1 MB.",
                    "Check that this is the pipeline file and not the data."
                );
            }
            bytes = buffer[..length];
            return null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Finding(
                "file_missing",
                $"There is no file {file}.",
                "Check the path, or write a first pipeline with `trueup init`."
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding(
                "file_unreadable",
                $"{file} cannot be read: {exception.Message}",
                "Check the file and its permissions."
            );
        }
    }

    /// <summary>The text of the bytes (UTF-8, or UTF-16 with a byte order mark), or null with a finding.</summary>
    public static string? Decode(byte[] bytes, FindingList findings)
    {
        try
        {
            var text = bytes switch
            {
                [0xFF, 0xFE, ..] => new UnicodeEncoding(false, true, true).GetString(bytes, 2, bytes.Length - 2),
                [0xFE, 0xFF, ..] => new UnicodeEncoding(true, true, true).GetString(bytes, 2, bytes.Length - 2),
                [0xEF, 0xBB, 0xBF, ..] => Utf8.GetString(bytes, 3, bytes.Length - 3),
                _ => Utf8.GetString(bytes),
            };
            var odd = text.AsSpan().IndexOfAnyInRange('\0', '\b');
            if (odd < 0)
            {
                return text;
            }
            findings.AddAt(
                text.AsSpan(0, odd).Count('\n') + 1,
                "not_text",
                "The file holds control characters: it is no YAML text.",
                "Check that this is the pipeline file."
            );
        }
        catch (DecoderFallbackException)
        {
            findings.AddAt(1, "not_text", "The file is not UTF-8 text.", "Save it as UTF-8.");
        }
        return null;
    }

    /// <summary>Which version of the file this is.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
