using System.Globalization;

namespace TrueUp.Store.Queries;

/// <summary>Pages of rows that are numbered upwards.</summary>
internal static class Cursor
{
    /// <summary>The number in a cursor, or null for the first page.</summary>
    /// <exception cref="ArgumentException">The text is no cursor.</exception>
    public static long? Read(string? after)
    {
        if (after is null)
        {
            return null;
        }
        return long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new ArgumentException("This does not continue a list.", nameof(after));
    }

    /// <summary>The page of a list in which one entry more than wanted shows that there is another page.</summary>
    public static Page<T> Page<T>(List<T> found, int limit, Func<T, long> id) =>
        found.Count > limit
            ? new Page<T>(found[..limit], id(found[limit - 1]).ToString(CultureInfo.InvariantCulture))
            : new Page<T>(found, null);
}
