using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Server;
using TrueUp.Server.Logs;
using TrueUp.Server.Security;
using TrueUp.Sides;

namespace TrueUp.Cli.Commands;

/// <summary>Runs pipelines continuously, until it is stopped.</summary>
internal sealed class ServeCommand : TrueUpCommand
{
    private readonly Option<string?> _urls = new("--urls")
    {
        Description = "Where to listen (default: http://127.0.0.1:8080)",
        HelpName = "URL",
    };

    private readonly Option<string?> _pipelines = new("--pipelines")
    {
        Description = "The folder of pipeline files (default: pipelines in the home)",
        HelpName = "DIR",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "The settings (default: trueup.yaml in the home)",
        HelpName = "FILE",
    };

    private readonly Option<string?> _database = new("--control-database")
    {
        Description = "A PostgreSQL database shared by several servers (default: a file in the home)",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> _node = new("--node")
    {
        Description = "This server's name (default: the machine's, with the process's number)",
        HelpName = "NAME",
    };

    /// <param name="runner">Runs it.</param>
    public ServeCommand(CommandRunner runner)
        : base(runner, "serve", "Run pipelines continuously: schedule, queue, API, health and metrics")
    {
        Add(_urls);
        Add(_pipelines);
        Add(_config);
        Add(_database);
        Add(_node);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        [
            "trueup serve",
            "trueup serve --urls http://127.0.0.1:9090 --pipelines ./pipelines",
            "trueup serve --control-database 'postgres://trueup@db/trueup' --node east-1",
        ];

    /// <inheritdoc />
    public override async Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var app = ServerHost.Build(
            new ServerOptions
            {
                Home = invocation.Home,
                SettingsFile = invocation.Get(_config) ?? Path.Combine(invocation.Home, "trueup.yaml"),
                Pipelines = invocation.Get(_pipelines),
                Urls = invocation.Get(_urls),
                ControlDatabase = invocation.Get(_database),
                Node = invocation.Get(_node),
                Connectors = Composition.Connectors.Registry,
                Version = ProductVersion.Text,
                Console = invocation.Screen.IsQuiet ? null : Console.Error,
                ConsoleStyle = StyleOf(invocation.Screen),
                Clock = invocation.Clock,
            }
        );
        await StartAsync(app, cancellationToken);
        if (await app.Services.GetRequiredService<BootstrapKey>().CreateAsync(cancellationToken) is { } key)
        {
            // Even when only errors are wanted: it is shown this once.
            Console.Error.WriteLine($"The first administrator's key, shown only this once: {key}");
        }
        var urls = app.Urls.ToList();
        invocation.Screen.Line($"Listening on {string.Join(", ", urls)}; home {invocation.Home}. Ctrl-C stops it.");
        await app.WaitForShutdownAsync(cancellationToken);
        return CommandOutcome.Done("Stopped.", new ServeResult(invocation.Home, urls), CliJson.Shared.ServeResult);
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new SideException(
                ErrorType.Network,
                error.Message,
                "End what listens there, or choose another address: --urls, or server.urls in trueup.yaml.",
                error
            )
            {
                Code = "address_taken",
            };
        }
    }

    private static ConsoleStyle StyleOf(Screen screen) =>
        screen.IsJson ? ConsoleStyle.Json
        : screen.IsColored ? ConsoleStyle.Colored
        : ConsoleStyle.Plain;
}
