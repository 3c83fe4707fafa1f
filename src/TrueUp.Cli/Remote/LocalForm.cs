using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TrueUp.Cli.Output;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Remote;

/// <summary>
/// Entries of a server's lists as the same command gives those of a home: the same names and forms, so that a script
/// need not care which it asked. What only the server knows stays; what the server does not say is left out.
/// </summary>
internal static class LocalForm
{
    /// <summary>Runs; without <c>success_count</c>.</summary>
    public static (IReadOnlyList<RunSummary> Entries, JsonArray Json) Runs(Page<JsonObject> page) =>
        Of(page, CliJson.Shared.RunSummary, Run, "success_count");

    /// <summary>Errors.</summary>
    public static (IReadOnlyList<ErrorEntry> Entries, JsonArray Json) Errors(Page<JsonObject> page) =>
        Of(page, CliJson.Shared.ErrorEntry, Error);

    /// <summary>Pipelines; without <c>proven_by</c>.</summary>
    public static (IReadOnlyList<PipelineStatus> Entries, JsonArray Json) Pipelines(Page<JsonObject> page) =>
        Of(page, CliJson.Shared.PipelineStatus, Pipeline, "proven_by");

    private static void Run(JsonObject run)
    {
        Rename(run, "summary", "counts");
        if (run["counts"] is JsonObject counts)
        {
            Rename(counts, "new", "created");
            // As the audit counts them.
            run["failure_count"] = Number(counts["skipped"]) + Number(counts["failed"]);
        }
    }

    private static void Error(JsonObject error)
    {
        Rename(error, "error_type", "type");
        Rename(error, "record_key", "key");
    }

    private static void Pipeline(JsonObject pipeline)
    {
        Rename(pipeline, "name", "pipeline");
        // One that is paused while it runs is called paused.
        pipeline["is_running"] = Text(pipeline["state"]) == "running" || Text(pipeline["last_status"]) == "in_progress";
        var paused = pipeline["paused"] as JsonObject;
        pipeline["is_paused"] = paused is not null;
        foreach (var name in (string[])["at", "by", "note"])
        {
            pipeline[$"paused_{name}"] = paused?[name]?.DeepClone();
        }
        pipeline.Remove("paused");
    }

    private static (IReadOnlyList<T> Entries, JsonArray Json) Of<T>(
        Page<JsonObject> page,
        JsonTypeInfo<T> type,
        Action<JsonObject> rename,
        params IReadOnlyList<string> absent
    )
    {
        var (entries, json) = (new List<T>(), new JsonArray());
        foreach (var item in page.Items)
        {
            var entry = Read(item, type, rename);
            var local = JsonSerializer.SerializeToNode(entry, type)!.AsObject();
            foreach (var name in absent)
            {
                local.Remove(name);
            }
            foreach (var (name, value) in item.Where(member => !local.ContainsKey(member.Key)))
            {
                local[name] = value?.DeepClone();
            }
            entries.Add(entry);
            json.Add((JsonNode)local);
        }
        return (entries, json);
    }

    private static T Read<T>(JsonObject item, JsonTypeInfo<T> type, Action<JsonObject> rename)
    {
        try
        {
            rename(item);
            return item.Deserialize(type)!;
        }
        catch (JsonException error)
        {
            throw ServerException.Stranger($"The server's answer is not understood: {error.Message}");
        }
    }

    private static void Rename(JsonObject item, string from, string to)
    {
        if (item.TryGetPropertyValue(from, out var value))
        {
            item.Remove(from);
            item[to] = value;
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
}
