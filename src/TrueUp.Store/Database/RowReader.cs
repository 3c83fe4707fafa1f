using System.Data.Common;

namespace TrueUp.Store.Database;

/// <summary>Reads the columns of a result by name, in whatever form the dialect gives them.</summary>
internal readonly struct RowReader(DbDataReader row, ControlDatabase database)
{
    public string Text(string column) => row.GetString(row.GetOrdinal(column));

    public string? TextOrNull(string column) => IsNull(column, out var ordinal) ? null : row.GetString(ordinal);

    public long Number(string column) => row.GetInt64(row.GetOrdinal(column));

    public long? NumberOrNull(string column) => IsNull(column, out var ordinal) ? null : row.GetInt64(ordinal);

    public double? RealOrNull(string column) => IsNull(column, out var ordinal) ? null : row.GetDouble(ordinal);

    public bool Flag(string column) => row.GetBoolean(row.GetOrdinal(column));

    public bool? FlagOrNull(string column) => IsNull(column, out var ordinal) ? null : row.GetBoolean(ordinal);

    public DateTimeOffset Time(string column) => database.ReadTime(row.GetValue(row.GetOrdinal(column)));

    public DateTimeOffset? TimeOrNull(string column) =>
        IsNull(column, out var ordinal) ? null : database.ReadTime(row.GetValue(ordinal));

    /// <summary>A name of an enumeration in any case.</summary>
    public T Name<T>(string column)
        where T : struct, Enum => Enum.Parse<T>(Text(column), ignoreCase: true);

    private bool IsNull(string column, out int ordinal)
    {
        ordinal = row.GetOrdinal(column);
        return row.IsDBNull(ordinal);
    }
}
