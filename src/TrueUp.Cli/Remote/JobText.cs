using System.Globalization;
using System.Text.Json;

namespace TrueUp.Cli.Remote;

/// <summary>What a server says of a job, for people.</summary>
internal static class JobText
{
    /// <summary>One line: where it stands, and how far it is while it runs.</summary>
    public static string Of(JsonElement job)
    {
        var line = $"Job {job.Field("sync_job_id")} of {job.Field("entity_type")}: {job.Field("status")}";
        return
            job.Field("status") == "running"
            && job.TryGetProperty("progress", out var progress)
            && progress.ValueKind == JsonValueKind.Object
            ? $"{line}, {Progress(progress)}."
            : line + ".";
    }

    /// <summary>Whether it has ended.</summary>
    public static bool IsEnded(JsonElement job) => job.Field("status") is "completed" or "failed" or "cancelled";

    /// <summary>A member as text; empty when it is missing or null.</summary>
    public static string Field(this JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value)
            ? ""
            : value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Null => "",
                _ => value.GetRawText(),
            };

    private static string Progress(JsonElement progress)
    {
        var stage = progress.Field("current_stage");
        var units = progress.Field("total_units") is { Length: > 0 } total
            ? string.Create(CultureInfo.InvariantCulture, $"{progress.Field("units_processed")} of {total} units")
            : "";
        return string.Join(", ", ((string[])[stage, units]).Where(part => part.Length > 0));
    }
}
