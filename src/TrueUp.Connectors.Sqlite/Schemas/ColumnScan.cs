using System.Buffers;
using System.Text.Unicode;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>
/// Looks at every value of a source column and says which type all of them have, because SQLite's declarations bind
/// nobody:
/// <list type="bullet">
/// <item>integers only: the declared boolean or narrower integer if all fit it, else int64</item>
/// <item>numbers, declared DECIMAL(p,s) of at most 15 digits, all of them such decimals: that decimal</item>
/// <item>numbers with reals among them: float64 if every integer is exactly one, float4 if so declared and all fit;
/// else text</item>
/// <item>texts only: the declared date, decimal text and so on if every text is one; else text</item>
/// <item>bytes only: bytes</item>
/// <item>classes mixed otherwise: text, by display texts, with a warning</item>
/// <item>no value at all: as declared</item>
/// </list>
/// </summary>
internal sealed class ColumnScan
{
    private readonly TypeCodec? _declared;
    private readonly ArrayBufferWriter<byte> _scratch = new(64);
    private readonly NumberCell? _decimal;
    private readonly bool _isUtf8;
    private bool _integers,
        _reals,
        _texts,
        _blobs;
    private long _least = long.MaxValue,
        _most = long.MinValue;
    private bool _exactFloats = true,
        _singles = true,
        _declaredTexts = true,
        _declaredDecimals = true;

    public ColumnScan(DeclaredType declared, bool isUtf8)
    {
        Declared = declared;
        _isUtf8 = isUtf8;
        if (declared.Logical.Kind is not (LogicalKind.Raw or LogicalKind.Text))
        {
            _declared = TypeCodec.For(declared.Logical);
        }
        _decimal =
            declared.Logical is { Kind: LogicalKind.Decimal, Precision: <= NumberCell.DigitsMax }
            && declared.Affinity != Affinity.Text
                ? new NumberCell(_declared!)
                : null;
    }

    public DeclaredType Declared { get; }

    /// <summary>Whether null was among the values.</summary>
    public bool HasNull { get; private set; }

    /// <summary>Whether a text is not UTF-8, so that its record has to be rejected when it is read.</summary>
    public bool HasBadText { get; private set; }

    /// <summary>Whether values of several classes made it text.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>Looks at the value of the statement's current row.</summary>
    /// <returns>About how many bytes it takes.</returns>
    public int Add(Statement statement, int column)
    {
        switch (statement.Storage(column))
        {
            case raw.SQLITE_INTEGER:
                AddInteger(statement, column);
                return sizeof(long);
            case raw.SQLITE_FLOAT:
                AddReal(statement, column);
                return sizeof(double);
            case raw.SQLITE_TEXT:
                return AddText(TextCell.Bytes(statement, column, _isUtf8));
            case raw.SQLITE_BLOB:
                _blobs = true;
                return statement.Length(column);
            default:
                HasNull = true;
                return 0;
        }
    }

    /// <summary>The type all values have.</summary>
    public LogicalType Decide()
    {
        var declared = Declared.Logical;
        return (_integers || _reals, _texts, _blobs) switch
        {
            (false, false, false) => declared.Kind == LogicalKind.Raw ? LogicalType.Text : declared,
            (true, false, false) => Number(declared),
            (false, true, false) => _declared is not null && _declaredTexts && IsText(declared.Kind)
                ? declared
                : LogicalType.Text,
            (false, false, true) => LogicalType.Bytes,
            _ => Mixed(),
        };
    }

    private static bool IsText(LogicalKind kind) =>
        kind
            is LogicalKind.Decimal
                or LogicalKind.Date
                or LogicalKind.Time
                or LogicalKind.Timestamp
                or LogicalKind.TimestampTz
                or LogicalKind.Interval
                or LogicalKind.Uuid
                or LogicalKind.Json;

    private void AddInteger(Statement statement, int column)
    {
        var value = statement.Int64(column);
        _integers = true;
        _least = Math.Min(_least, value);
        _most = Math.Max(_most, value);
        _exactFloats = _exactFloats && RealCell.IsExact(value, out _);
        _declaredDecimals = _declaredDecimals && IsDecimal(statement, column, raw.SQLITE_INTEGER);
    }

    private void AddReal(Statement statement, int column)
    {
        var value = statement.Double(column);
        _reals = true;
        _singles = _singles && (float)value == value;
        _declaredDecimals = _declaredDecimals && IsDecimal(statement, column, raw.SQLITE_FLOAT);
    }

    private int AddText(ReadOnlySpan<byte> text)
    {
        _texts = true;
        HasBadText = HasBadText || !Utf8.IsValid(text);
        if (_declaredTexts && _declared is not null)
        {
            _scratch.ResetWrittenCount();
            _declaredTexts = _declared.TryParse(text, _scratch);
        }
        return text.Length;
    }

    private bool IsDecimal(Statement statement, int column, int storage)
    {
        _scratch.ResetWrittenCount();
        return _decimal?.Read(statement, column, storage, _scratch) == CellOutcome.Written;
    }

    private LogicalType Number(LogicalType declared)
    {
        if (_declaredDecimals && _decimal is not null)
        {
            return declared;
        }
        if (!_reals)
        {
            return declared.Kind switch
            {
                LogicalKind.Bool when _least >= 0 && _most <= 1 => declared,
                LogicalKind.Int16 when _least >= short.MinValue && _most <= short.MaxValue => declared,
                LogicalKind.Int32 when _least >= int.MinValue && _most <= int.MaxValue => declared,
                _ => LogicalType.Int64,
            };
        }
        if (!_exactFloats)
        {
            return Mixed();
        }
        return declared.Kind == LogicalKind.Float32 && _singles && !_integers ? declared : LogicalType.Float64;
    }

    private LogicalType Mixed()
    {
        IsMixed = true;
        return LogicalType.Text;
    }
}
