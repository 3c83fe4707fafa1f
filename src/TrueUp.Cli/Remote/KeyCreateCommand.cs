using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Store;
using TrueUp.Store.Access;

namespace TrueUp.Cli.Remote;

/// <summary>Makes a key: in the home, which takes nobody's leave, or by a server.</summary>
internal sealed class KeyCreateCommand : TrueUpCommand
{
    private readonly Option<AccessRole?> _role = FilterOptions.Choice<AccessRole>("--role", "What it may do");
    private readonly Option<string> _name = new("--name")
    {
        Description = "What it is called in the audit",
        HelpName = "NAME",
        Required = true,
    };
    private readonly Option<string[]> _pipelines = new("--pipeline")
    {
        Description = "Only this pipeline; may be given several times",
        HelpName = "NAME",
    };
    private readonly Option<int?> _days = new("--expires-in-days")
    {
        Description = "Refuse it after so many days",
        HelpName = "N",
    };
    private readonly Option<string?> _database = new("--control-database")
    {
        Description = "The control database of the home, if it is no file in it",
        HelpName = "CONNECTION",
    };

    /// <param name="runner">Runs it.</param>
    public KeyCreateCommand(CommandRunner runner)
        : base(runner, "key create", "Make a key and print it, this once")
    {
        _role.Required = true;
        foreach (
            var option in (Option[])
                [_role, _name, _pipelines, _days, _database, ServerOptions.Server, ServerOptions.KeyFile]
        )
        {
            Add(option);
        }
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        [
            "trueup key create --role viewer --name grafana",
            "trueup key create --role operator --name deploy --pipeline sellers --json | jq -r .result.key",
            "trueup key create --role admin --name ann --server https://sync.example.org",
        ];

    /// <inheritdoc />
    public override async Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var result = ServerOptions.UrlOf(invocation) is null
            ? await InHomeAsync(invocation, cancellationToken)
            : await ByServerAsync(invocation, cancellationToken);
        var key = result.Field("key");
        return new CommandOutcome(ExitCodes.Success, "Keep it safe: it is not shown again.")
        {
            Result = result,
            Details = screen => screen.Line(key),
        };
    }

    private async Task<JsonElement> ByServerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var client = ServerClient.Of(invocation);
        var body = new JsonObject
        {
            ["name"] = invocation.Get(_name),
            ["role"] = FilterOptions.SnakeCase($"{invocation.Get(_role)}"),
        };
        if (invocation.Get(_pipelines) is { Length: > 0 } pipelines)
        {
            body["pipelines"] = new JsonArray([.. pipelines.Select(name => (JsonNode)name)]);
        }
        if (invocation.Get(_days) is { } days)
        {
            body["expires_in_days"] = days;
        }
        return await client.SendAsync(HttpMethod.Post, "keys", body, cancellationToken);
    }

    private async Task<JsonElement> InHomeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var home = TrueUpHome.Open(invocation.Home, invocation.Clock, invocation.Get(_database));
        var pipelines = invocation.Get(_pipelines);
        var change = await home.ApiKeys.CreateAsync(
            new KeyRequest(invocation.Get(_name)!, invocation.Get(_role)!.Value, $"local:{Environment.UserName}")
            {
                Pipelines = pipelines is { Length: > 0 } ? pipelines : null,
                ExpiresAt = invocation.Get(_days) is { } days ? invocation.Clock.GetUtcNow().AddDays(days) : null,
            },
            cancellationToken
        );
        if (change.Issued is not { } issued)
        {
            throw new ServerException(
                ExitCodes.Usage,
                new ErrorBody(
                    "key_refused",
                    $"The key was not made: {FilterOptions.SnakeCase($"{change.Outcome}").Replace('_', ' ')}.",
                    "Revoke keys that are not used, or choose another name."
                )
            );
        }
        var key = issued.Key;
        await home.AdminTrail.AppendAsync(
            new AdminAction(key.CreatedBy, "key.create", key.Id)
            {
                Details = new Dictionary<string, string> { ["name"] = key.Name, ["role"] = $"{key.Role}" },
            },
            cancellationToken
        );
        return JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["key"] = issued.Text,
                ["details"] = new JsonObject
                {
                    ["id"] = key.Id,
                    ["name"] = key.Name,
                    ["role"] = FilterOptions.SnakeCase($"{key.Role}"),
                    ["prefix"] = key.Prefix,
                    ["expires_at"] = key.ExpiresAt,
                },
            }
        );
    }
}
