using System.Text.Json;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Api.Config;

/// <summary>A value that would change.</summary>
internal sealed record ConfigDifferenceBody(string Key, JsonElement? Old, JsonElement? New)
{
    public static ConfigDifferenceBody? Of(EffectiveValue before, EffectiveValue after) =>
        before.Value == after.Value
            ? null
            : new ConfigDifferenceBody(before.Key, ConfigValueBody.Of(before).Value, ConfigValueBody.Of(after).Value);
}
