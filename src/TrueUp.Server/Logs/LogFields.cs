using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Logs;

/// <summary>
/// Collects the named values of an entry: <c>{RunId}</c> of a message and of a scope is <c>run_id</c> of a line.
/// </summary>
internal static class LogFields
{
    /// <summary>Names of an entry at most: a scope in a loop must not fill the disk.</summary>
    public const int CountMax = 50;

    /// <summary>No values.</summary>
    public static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    private const string Template = "{OriginalFormat}";

    /// <summary>The values of the scopes and of the message's state.</summary>
    public static Dictionary<string, object?> Of(IExternalScopeProvider scopes, object? state)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        scopes.ForEachScope(Add, fields);
        Add(state, fields);
        return fields;
    }

    private static void Add(object? values, Dictionary<string, object?> fields)
    {
        if (values is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            // A scope that is a text says nothing that could be searched for by name.
            return;
        }
        foreach (var (name, value) in pairs)
        {
            if (fields.Count < CountMax && !string.Equals(name, Template, StringComparison.Ordinal))
            {
                fields[JsonNamingPolicy.SnakeCaseLower.ConvertName(name)] = value;
            }
        }
    }
}
