using System.Text.Json;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Api.Config;

/// <summary>A change that was made.</summary>
internal sealed record ConfigHistoryBody(
    long Id,
    string Key,
    JsonElement? OldValue,
    JsonElement? NewValue,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    string Source,
    string? Note
)
{
    public static ConfigHistoryBody Of(ConfigHistoryEntry entry) =>
        new(
            entry.Id,
            entry.Key,
            entry.OldValue is null ? null : JsonElement.Parse(entry.OldValue),
            entry.NewValue is null ? null : JsonElement.Parse(entry.NewValue),
            entry.ChangedAt,
            entry.ChangedBy,
            entry.Source.ToString().ToLowerInvariant(),
            entry.Note
        );
}
