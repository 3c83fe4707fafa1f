using System.Text.Json;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Api.Config;

/// <summary>A setting in force.</summary>
internal sealed record ConfigValueBody(
    string Key,
    JsonElement? Value,
    JsonElement? Base,
    string Origin,
    bool StartOnly,
    DateTimeOffset? UpdatedAt,
    string? UpdatedBy
)
{
    public static ConfigValueBody Of(EffectiveValue value)
    {
        var key = SettingsReference.Find(value.Key)!;
        return new ConfigValueBody(
            value.Key,
            Shown(key, value.Value),
            Shown(key, value.Base),
            value.Origin.ToString().ToLowerInvariant(),
            key.IsStartOnly,
            value.Override?.UpdatedAt,
            value.Override?.UpdatedBy
        );
    }

    private static JsonElement? Shown(SettingKey key, string? json) =>
        json is null ? null : JsonElement.Parse(key.IsSecret ? "\"***\"" : json);
}
