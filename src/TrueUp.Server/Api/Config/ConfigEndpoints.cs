using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Server.Settings.Reading;
using TrueUp.Store;
using TrueUp.Store.Queries;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Api.Config;

/// <summary>The configuration: what is in force, changing it, its history, and taking changes back.</summary>
internal static class ConfigEndpoints
{
    private const int NoteMax = 1000;

    /// <summary>Adds <c>/config</c>.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var config = api.MapGroup("/config").WithTags("configuration");
        config.MapGet("", List).Is("list_config", "Every setting, and where its value comes from.", Roles.Admin);
        config.MapGet("/{key}", Get).Is("get_config", "A setting.", Roles.Admin, [404]);
        config
            .MapPut("/{key}", SetAsync)
            .Is("set_config", "Gives a setting a value that takes effect at once.", Roles.Admin, [404, 409, 422])
            .TakesBody();
        config
            .MapDelete("/{key}", RemoveAsync)
            .Is("remove_config", "Lets the file or the default hold again.", Roles.Admin, [404, 409, 422]);
        config
            .MapGet("/history", HistoryAsync)
            .Is("list_config_history", "Every change of a setting or a pipeline, newest first.", Roles.Admin);
        config
            .MapPost("/history/{id:long}/revert", RevertAsync)
            .Is("revert_config", "Puts back what held before a change.", Roles.Admin, [404, 409, 422])
            .TakesBody();
        config
            .MapPost("/validate", Validate)
            .Is("validate_config", "What a change would do, without making it.", Roles.Admin, [404, 422])
            .TakesBody();
    }

    private static Ok<ConfigListBody> List(Configuration configuration)
    {
        var state = configuration.State;
        return TypedResults.Ok(
            new ConfigListBody(
                state.Stored.Version,
                state.Effective.Start != configuration.Started,
                [.. SettingValues.KeysOf(state.Effective).Select(key => ConfigValueBody.Of(state.Value(key)))],
                [.. configuration.Findings.Select(FindingBody.Of)]
            )
        );
    }

    private static Results<Ok<ConfigValueBody>, ProblemHttpResult> Get(string key, Configuration configuration) =>
        SettingsReference.Find(key) is null
            ? NoSuchKey()
            : TypedResults.Ok(ConfigValueBody.Of(configuration.State.Value(key)));

    private static async Task<Results<Ok<ConfigValueBody>, ProblemHttpResult>> SetAsync(
        string key,
        ConfigChangeBody body,
        Configuration configuration,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (body.Value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "missing_value",
                "The body has no `value`.",
                "Give the value, or DELETE the key to let the file or the default hold."
            );
        }
        if (NoteProblem(body.Note) is { } problem)
        {
            return problem;
        }
        var order = new ChangeOrder(
            caller.Name,
            body.Note,
            body.Expected.ValueKind == JsonValueKind.Undefined ? null : Compact(body.Expected)
        );
        return Answer(await configuration.ChangeAsync(key, Compact(body.Value), order, cancellationToken));
    }

    private static async Task<Results<Ok<ConfigValueBody>, ProblemHttpResult>> RemoveAsync(
        string key,
        string? note,
        Configuration configuration,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        NoteProblem(note) is { } problem
            ? problem
            : Answer(await configuration.ChangeAsync(key, null, new ChangeOrder(caller.Name, note), cancellationToken));

    private static Task<Ok<Page<ConfigHistoryBody>>> HistoryAsync(
        string? key,
        string? changed_by,
        Moment? from,
        Moment? to,
        AfterNumber? after,
        Limit? limit,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        PageAsync(
            new ConfigHistoryQuery
            {
                Key = key,
                By = changed_by,
                From = from?.Value,
                To = to?.Value,
                After = AfterNumber.Text(after),
                Limit = Limit.Of(limit),
            },
            home,
            cancellationToken
        );

    /// <summary>A page of the history.</summary>
    internal static async Task<Ok<Page<ConfigHistoryBody>>> PageAsync(
        ConfigHistoryQuery query,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var page = await home.Config.HistoryAsync(query, cancellationToken);
        return TypedResults.Ok(new Page<ConfigHistoryBody>([.. page.Items.Select(ConfigHistoryBody.Of)], page.Next));
    }

    private static async Task<Results<Ok<ConfigValueBody>, ProblemHttpResult>> RevertAsync(
        long id,
        NoteBody? body,
        Configuration configuration,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        NoteProblem(body?.Note) is { } problem
            ? problem
            : Answer(await configuration.RevertAsync(id, new ChangeOrder(caller.Name, body?.Note), cancellationToken));

    private static Results<Ok<ConfigDraftResult>, ProblemHttpResult> Validate(
        ConfigDraftBody body,
        Configuration configuration
    )
    {
        var changes = (body.Values ?? new Dictionary<string, JsonElement>()).ToDictionary(
            entry => entry.Key,
            entry => Compact(entry.Value)
        );
        if (
            changes.Keys.FirstOrDefault(key => SettingsReference.Find(key) is not { IsStartOnly: false }) is { } unknown
        )
        {
            return SettingsReference.Find(unknown) is null ? NoSuchKey() : StartOnly();
        }
        var before = configuration.State;
        var text = body.Text is null
            ? null
            : new SettingsText(before.Text.Path, System.Text.Encoding.UTF8.GetBytes(body.Text));
        var (after, findings) = configuration.Try(text, changes);
        return TypedResults.Ok(
            new ConfigDraftResult(
                after is not null,
                [.. findings.Select(FindingBody.Of)],
                after is null
                    ? []
                    :
                    [
                        .. SettingValues
                            .KeysOf(after.Effective)
                            .Union(SettingValues.KeysOf(before.Effective))
                            .Select(key => ConfigDifferenceBody.Of(before.Value(key), after.Value(key)))
                            .OfType<ConfigDifferenceBody>(),
                    ]
            )
        );
    }

    /// <summary>What is wrong with a note, or null.</summary>
    internal static ProblemHttpResult? NoteProblem(string? note) =>
        note is { Length: > NoteMax } || note?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) == true
            ? Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "bad_value",
                $"`note` is longer than {NoteMax} characters or holds control characters.",
                "Shorten it."
            )
            : null;

    private static Results<Ok<ConfigValueBody>, ProblemHttpResult> Answer(ChangeOutcome outcome) =>
        outcome.Result switch
        {
            ChangeResult.Done or ChangeResult.Unchanged => TypedResults.Ok(ConfigValueBody.Of(outcome.Value!)),
            ChangeResult.NotFound => NoSuchKey(),
            ChangeResult.StartOnly => StartOnly(),
            ChangeResult.Invalid => Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "invalid_settings",
                "The value is refused.",
                "Correct each finding.",
                outcome.Findings
            ),
            _ => Problems.Of(
                StatusCodes.Status409Conflict,
                "conflict",
                "The value is another by now.",
                "Look at `current`, and ask again if the change is still right.",
                more: new Dictionary<string, object?> { ["current"] = ConfigValueBody.Of(outcome.Value!) }
            ),
        };

    private static ProblemHttpResult NoSuchKey() => Problems.NotFound("setting or change", "GET /api/v1/config");

    private static ProblemHttpResult StartOnly() =>
        Problems.Of(
            StatusCodes.Status422UnprocessableEntity,
            "start_only",
            "This setting takes effect only with the next start.",
            "Write it into trueup.yaml and start the server again."
        );

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value, SettingValues.Json);
}
