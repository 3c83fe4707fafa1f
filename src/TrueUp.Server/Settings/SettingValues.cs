using System.Text.Encodings.Web;
using System.Text.Json;

namespace TrueUp.Server.Settings;

/// <summary>The values of settings by key, as JSON.</summary>
internal static class SettingValues
{
    private const string Intervals = "intervals.";

    /// <summary>How values are written: compact, text readable.</summary>
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The key of the interval of a pipeline.</summary>
    public static string IntervalOf(string pipeline) => Intervals + pipeline;

    /// <summary>The value of a key, or null for nothing.</summary>
    public static string? Of(SettingsDocument document, string key)
    {
        if (key.StartsWith(Intervals, StringComparison.Ordinal))
        {
            return document.Settings.Intervals.TryGetValue(key[Intervals.Length..], out var interval)
                ? Write((long)interval.TotalMinutes)
                : null;
        }
        return SettingsReference.Find(key)?.Value(document) is { } value ? Write(value) : null;
    }

    /// <summary>Every key that has or could have a value: those of the reference, and each interval.</summary>
    public static IEnumerable<string> KeysOf(SettingsDocument document) =>
        SettingsReference.Keys.SelectMany(key =>
            key.IsPattern
                ? document.Settings.Intervals.Keys.Order(StringComparer.Ordinal).Select(IntervalOf)
                : [key.Path]
        );

    private static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Json);
}
