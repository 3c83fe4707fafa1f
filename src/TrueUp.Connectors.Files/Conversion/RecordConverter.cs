using System.Text;
using System.Text.Unicode;
using TrueUp.Connectors.Files.Content;
using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>
/// Turns records of texts into rows of a plan, or tells why one cannot be. Every kind of file that can be read as
/// records of texts shares it. Not safe for use by two threads at once.
/// </summary>
internal sealed class RecordConverter
{
    private readonly RowPlan _plan;
    private readonly NullRule _nulls;
    private readonly FieldConverter[] _converters;
    private readonly int[] _fields;
    private readonly int _width;

    /// <param name="plan">What the rows are to be.</param>
    /// <param name="names">The columns of a record, in order.</param>
    /// <param name="nulls">What means null.</param>
    /// <exception cref="SideException">The plan names a column that the records do not have.</exception>
    public RecordConverter(RowPlan plan, IReadOnlyList<string> names, NullRule nulls)
    {
        _plan = plan;
        _nulls = nulls;
        _width = names.Count;
        _converters = [.. plan.Columns.Select(FieldConverter.For)];
        _fields = [.. plan.Columns.Select(c => Find(names, c.SourceName))];
    }

    /// <summary>Appends the row of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="builder">Receives the row.</param>
    /// <param name="rejects">Told when there is no row; may be null.</param>
    /// <returns>False when the record was rejected.</returns>
    public bool TryConvert(TextRecord record, RowBatchBuilder builder, IRejectSink? rejects)
    {
        if (record.Fault != RecordFault.None || record.Count != _width)
        {
            rejects?.Reject(RejectUnread(record));
            return false;
        }
        builder.BeginRow(record.Ordinal);
        for (var i = 0; i < _fields.Length; i++)
        {
            if (!TryWrite(record, i, builder))
            {
                builder.CancelRow();
                rejects?.Reject(RejectValue(record, i));
                return false;
            }
        }
        if (builder.RowLength > _plan.RowBytesMax)
        {
            builder.CancelRow();
            rejects?.Reject(Rejection.TooLarge(record, KeyOf(record)));
            return false;
        }
        builder.EndRow();
        return true;
    }

    private static int Find(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }
        throw FileErrors.Of(
            ErrorType.Validation,
            "column_missing",
            $"The source has no column '{name}'.",
            $"Its columns are: {string.Join(", ", names.Take(50))}. Correct 'from' under 'columns'."
        );
    }

    private bool TryWrite(TextRecord record, int column, RowBatchBuilder builder)
    {
        var field = _fields[column];
        var converter = _converters[column];
        var text = record.Text(field);
        var form = record[field].Form;
        if (_nulls.IsNull(form, text, converter.IsText))
        {
            builder.WriteNull();
            return true;
        }
        return form != FieldForm.Error && converter.TryWrite(text, form, builder);
    }

    // Where the number of fields is wrong nobody knows which field is the key: a guess might leave the row of the true
    // key without the protection that a known one gives it.
    private RejectedRecord RejectUnread(TextRecord record)
    {
        if (record.Fault == RecordFault.None)
        {
            return Rejection.Ragged(record, _width);
        }
        var isDivided = record.Fault is RecordFault.BadEncoding or RecordFault.NulByte && record.Count == _width;
        return Rejection.Faulty(record, isDivided ? KeyOf(record) : null);
    }

    private RejectedRecord RejectValue(TextRecord record, int column)
    {
        var field = record[_fields[column]];
        // The name of an error is no value of the record and may be told.
        var error = field.Form == FieldForm.Error ? Encoding.UTF8.GetString(record.Text(_fields[column])) : "";
        return Rejection.Invalid(record, _plan.Columns[column], _converters[column], field, error, KeyOf(record));
    }

    private byte[]? KeyOf(TextRecord record)
    {
        using var builder = new RowBatchBuilder(_plan.KeySchema);
        builder.BeginRow();
        foreach (var column in _plan.Schema.KeyOrdinals)
        {
            var text = record.Text(_fields[column]);
            if (!Utf8.IsValid(text) || text.Contains((byte)0) || !TryWrite(record, column, builder))
            {
                return null;
            }
        }
        builder.EndRow();
        using var batch = builder.Build();
        return batch.Row(0).ToArray();
    }
}
