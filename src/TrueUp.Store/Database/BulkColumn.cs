namespace TrueUp.Store.Database;

/// <summary>A column of a <see cref="BulkInsert"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsJson">Whether the values are texts of JSON.</param>
internal readonly record struct BulkColumn(string Name, bool IsJson = false)
{
    public static implicit operator BulkColumn(string name) => new(name);
}
