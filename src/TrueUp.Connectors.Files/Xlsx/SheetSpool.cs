using System.Buffers;
using System.Buffers.Binary;
using TrueUp.Connectors.Files.Records;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>
/// The records of a sheet in a temporary file, since unpacking and parsing a workbook costs far more than reading a
/// file and a run reads its source several times. A record is its length, its row in the sheet, for each field form
/// and length, and the texts divided by tabs. The file has no name any more where the system allows it, so nothing is
/// left after a crash.
/// </summary>
internal sealed class SheetSpool : IDisposable
{
    /// <summary>More is taken for a workbook made to fill the disk.</summary>
    public const long BytesMax = 16L << 30;

    private const int BufferBytes = 1 << 16,
        HeadBytes = 8,
        FieldBytes = 5;

    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _record = new(1024);
    private readonly int _width;

    public SheetSpool(int width)
    {
        _width = width;
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        _file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                BufferSize = BufferBytes,
                Options = FileOptions.DeleteOnClose,
            }
        );
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }

    /// <summary>Whether it has reached its limit.</summary>
    public bool IsFull => _file.Position >= BytesMax;

    /// <summary>Records written.</summary>
    public long Records { get; private set; }

    /// <summary>Appends a row.</summary>
    public void Write(SheetReader row, SheetColumns columns)
    {
        _record.ResetWrittenCount();
        var head = _record.GetSpan(HeadBytes + (FieldBytes * _width))[..(HeadBytes + (FieldBytes * _width))];
        head.Clear();
        for (var i = 0; i < _width; i++)
        {
            head[HeadBytes + (FieldBytes * i)] = (byte)FieldForm.Missing;
        }
        var length = head.Length + Math.Max(0, _width - 1);
        foreach (var cell in row.Cells)
        {
            if (columns.FieldOf(cell.Column) is var field and >= 0)
            {
                var at = head[(HeadBytes + (FieldBytes * field))..];
                at[0] = (byte)FormOf(cell.Kind);
                BinaryPrimitives.WriteInt32LittleEndian(at[1..], cell.Length);
                length += cell.Length;
            }
        }
        BinaryPrimitives.WriteInt32LittleEndian(head, length);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], row.Row);
        _record.Advance(head.Length);
        WriteTexts(row, columns);
        _file.Write(_record.WrittenSpan);
        Records++;
    }

    /// <summary>Ends writing.</summary>
    public void Finish() => _file.Flush();

    /// <summary>A reader from the first record on. Several may read at once.</summary>
    public SpoolReader Read() => new(_file.SafeFileHandle, _width);

    public void Dispose() => _file.Dispose();

    private static FieldForm FormOf(CellKind kind) =>
        kind switch
        {
            CellKind.Text => FieldForm.Quoted,
            CellKind.Error => FieldForm.Error,
            _ => FieldForm.Typed,
        };

    private void WriteTexts(SheetReader row, SheetColumns columns)
    {
        var next = 0;
        foreach (var cell in row.Cells)
        {
            var field = columns.FieldOf(cell.Column);
            for (; next < field; next++)
            {
                _record.Write("\t"u8);
            }
            if (field >= 0)
            {
                _record.Write(row.Text(cell));
            }
        }
        for (; next < _width - 1; next++)
        {
            _record.Write("\t"u8);
        }
    }
}
