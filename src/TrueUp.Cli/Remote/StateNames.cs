using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrueUp.Cli.Remote;

/// <summary>
/// The API writes states and kinds in upper case (<c>IN_PROGRESS</c>), the audit and the command line in lower case.
/// </summary>
internal static class StateNames
{
    private static readonly HashSet<string> Members =
    [
        "status",
        "state",
        "verdict",
        "trigger",
        "mode",
        "priority",
        "last_status",
        "last_verdict",
        "error_type",
        "severity",
    ];

    /// <summary>An answer of the API with its states as the command line spells them.</summary>
    public static JsonElement InLowerCase(JsonObject answer)
    {
        Lower(answer);
        return JsonSerializer.SerializeToElement(answer);
    }

    private static void Lower(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (Members.Contains(name) && value is JsonValue state && state.TryGetValue<string>(out var text))
                    {
                        members[name] = text.ToLowerInvariant();
                    }
                    else
                    {
                        Lower(value);
                    }
                }
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Lower(item);
                }
                break;
            default:
                break;
        }
    }
}
