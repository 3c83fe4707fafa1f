using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>Finds rows by key.</summary>
internal sealed class KeyFinder
{
    private readonly RowSetSettings _settings;

    public KeyFinder(RowSetSettings settings)
    {
        _settings = settings;
        Reader = new RowReader(settings.Plan, settings.Cells());
    }

    /// <summary>Reads the rows that are found; its cells bind the keys.</summary>
    public RowReader Reader { get; }

    /// <summary>The key's columns, and whether each is text.</summary>
    public IEnumerable<(string Column, bool IsText)> Key =>
        _settings.Key.Select((name, i) => (name, Reader.Cells[_settings.Plan.Schema.KeyOrdinals[i]].IsText));

    /// <summary>A SELECT of whole rows; the key's columns are its parameters, from 1.</summary>
    public string SelectSql => _settings.Sql.ByKey(Key);

    /// <summary>Binds a key.</summary>
    /// <param name="statement">Its parameters from <paramref name="first"/> on are the key.</param>
    /// <param name="tuple">A key or a whole row.</param>
    /// <param name="ordinals">Where the key's columns stand in it.</param>
    /// <param name="first">The number of the first parameter.</param>
    /// <returns>False when no row of the table can have this key.</returns>
    public bool TryBind(Statement statement, ReadOnlySpan<byte> tuple, IReadOnlyList<int> ordinals, int first = 1)
    {
        for (var i = 0; i < ordinals.Count; i++)
        {
            if (!FieldReader.At(tuple, ordinals[i], out var value))
            {
                statement.BindNull(first + i);
            }
            else if (!Reader.Cells[_settings.Plan.Schema.KeyOrdinals[i]].TryBind(statement, first + i, value))
            {
                return false;
            }
        }
        return true;
    }
}
