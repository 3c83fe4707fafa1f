using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Server.Settings.Reading;
using TrueUp.Store;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Api.Config;

/// <summary>The configuration: what is in force, changing it, its history, and taking changes back.</summary>
internal static class ConfigEndpoints
{
    private const int NoteMax = 1000;

    /// <summary>Adds <c>/config</c>.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var config = api.MapGroup("/config").WithTags("configuration").RequireAuthorization(Roles.Admin);
        config.MapGet("", List).WithName("list_config");
        config.MapGet("/{key}", Get).WithName("get_config");
        config.MapPut("/{key}", SetAsync).WithName("set_config");
        config.MapDelete("/{key}", RemoveAsync).WithName("remove_config");
        config.MapGet("/history", HistoryAsync).WithName("list_config_history");
        config.MapPost("/history/{id:long}/revert", RevertAsync).WithName("revert_config");
        config.MapPost("/validate", Validate).WithName("validate_config");
    }

    private static IResult List(Configuration configuration)
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

    private static IResult Get(string key, Configuration configuration) =>
        SettingsReference.Find(key) is null
            ? NoSuchKey()
            : TypedResults.Ok(ConfigValueBody.Of(configuration.State.Value(key)));

    private static async Task<IResult> SetAsync(
        string key,
        ConfigChangeBody body,
        Configuration configuration,
        HttpContext context,
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
            Caller.Of(context.User).Name,
            body.Note,
            body.Expected.ValueKind == JsonValueKind.Undefined ? null : Compact(body.Expected)
        );
        return Answer(await configuration.ChangeAsync(key, Compact(body.Value), order, cancellationToken));
    }

    private static async Task<IResult> RemoveAsync(
        string key,
        string? note,
        Configuration configuration,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        NoteProblem(note)
        ?? Answer(
            await configuration.ChangeAsync(
                key,
                null,
                new ChangeOrder(Caller.Of(context.User).Name, note),
                cancellationToken
            )
        );

    private static async Task<IResult> HistoryAsync(
        TrueUpHome home,
        string? key,
        string? changed_by,
        DateTimeOffset? from,
        DateTimeOffset? to,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var query = new ConfigHistoryQuery
        {
            Key = key,
            By = changed_by,
            From = from,
            To = to,
            After = after,
            Limit = limit ?? 50,
        };
        return await HistoryPages.AnswerAsync(home.Config, query, ConfigHistoryBody.Of, cancellationToken);
    }

    private static async Task<IResult> RevertAsync(
        long id,
        NoteBody? body,
        Configuration configuration,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        NoteProblem(body?.Note)
        ?? Answer(
            await configuration.RevertAsync(
                id,
                new ChangeOrder(Caller.Of(context.User).Name, body?.Note),
                cancellationToken
            )
        );

    private static IResult Validate(ConfigDraftBody body, Configuration configuration)
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
    internal static IResult? NoteProblem(string? note) =>
        note is { Length: > NoteMax } || note?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) == true
            ? Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "bad_value",
                $"`note` is longer than {NoteMax} characters or holds control characters.",
                "Shorten it."
            )
            : null;

    private static IResult Answer(ChangeOutcome outcome) =>
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

    private static IResult NoSuchKey() => Problems.NotFound("setting or change", "GET /api/v1/config");

    private static IResult StartOnly() =>
        Problems.Of(
            StatusCodes.Status422UnprocessableEntity,
            "start_only",
            "This setting takes effect only with the next start.",
            "Write it into trueup.yaml and start the server again."
        );

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value, SettingValues.Json);
}
