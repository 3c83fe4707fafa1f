using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace TrueUp.Store.Retention;

/// <summary>
/// A file of the archive: gzip of JSON lines, the first <c>{"format":"trueup-archive","version":1}</c>, each other
/// <c>{"table":…,"row":{…}}</c> with a row as it was. It has its name when it is whole and on the disk, not before.
/// </summary>
internal sealed class ArchiveFile : IDisposable
{
    /// <summary>How a file's name ends.</summary>
    public const string Extension = ".jsonl.gz";

    private static readonly byte[] Head = """{"format":"trueup-archive","version":1}"""u8.ToArray();

    private readonly string _path;
    private readonly FileStream _file;
    private readonly GZipStream _zip;
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <param name="path">Its name; a file of that name is replaced.</param>
    public ArchiveFile(string path)
    {
        _path = path;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        _file = new FileStream(DraftOf(path), options);
        _zip = new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true);
        _zip.Write(Head);
        _zip.WriteByte((byte)'\n');
    }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row as the reader has it.</summary>
    public void Add(string table, DbDataReader row)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
        {
            json.WriteStartObject();
            json.WriteString("table", table);
            json.WriteStartObject("row");
            for (var i = 0; i < row.FieldCount; i++)
            {
                json.WritePropertyName(row.GetName(i));
                Write(json, row.IsDBNull(i) ? null : row.GetValue(i));
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        _zip.Write(_line.WrittenSpan);
        _zip.WriteByte((byte)'\n');
        Rows++;
    }

    /// <summary>Waits for the disk, reads everything back, and gives the file its name.</summary>
    public void Complete()
    {
        _zip.Dispose();
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        var found = Read(DraftOf(_path)).LongCount();
        if (found != Rows)
        {
            throw new IOException($"Of {Rows} rows that were written to {_path}, {found} can be read back.");
        }
        File.Move(DraftOf(_path), _path, overwrite: true);
    }

    /// <summary>The rows of a file.</summary>
    /// <exception cref="IOException">It is none, or damaged.</exception>
    public static IEnumerable<ArchivedRow> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        using var zip = new GZipStream(file, CompressionMode.Decompress);
        using var lines = new StreamReader(zip);
        if (lines.ReadLine() is not { } head || !head.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetString(Head)))
        {
            throw new IOException($"{path} is no archive of this version.");
        }
        while (lines.ReadLine() is { } line)
        {
            yield return Parse(path, line);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    private static ArchivedRow Parse(string path, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return new ArchivedRow(
                json.RootElement.GetProperty("table").GetString()!,
                json.RootElement.GetProperty("row").Clone()
            );
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"{path} is damaged.", error);
        }
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long or int or short:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DateTime time:
                json.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string DraftOf(string path) => path + ".tmp";
}
