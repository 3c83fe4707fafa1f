using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TrueUp.Cli.Tests.Samples;
using TrueUp.Testing;

namespace TrueUp.Cli.Tests.Docs;

/// <summary>The tour of the server, taken with real servers on free ports: every command, in order.</summary>
public sealed partial class TourTests : IDisposable
{
    private const string Cluster = "/tmp/trueup-tour-postgres";

    /// <summary>What a newcomer's shell has; servers and databases do not outlive it, however it ends.</summary>
    private const string Prelude = """
        set -eu
        exec 2>&1
        trap 'kill -9 $(jobs -p) 2>/dev/null || true; [ ! -e CLUSTER ] || "$CLONE/eng/postgres" delete CLUSTER' EXIT
        section() { echo "=== $1"; }
        mkdir bin
        printf '#!/bin/sh\nexec dotnet "$TRUEUP_BIN/TrueUp.Cli.dll" "$@"\n' > bin/trueup
        chmod +x bin/trueup
        PATH=$PWD/bin:$PATH

        """;

    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "tour.md"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tour_shows_what_it_promises()
    {
        var (exitCode, output) = await TakeAsync();

        exitCode.ShouldBe(0, output);
        var said = Sections(output);
        said["Run and look"].ShouldContain("of sellers: completed.");
        said["Run and look"].ShouldMatch("completed +verified +20,000 ");
        said["Run and look"].ShouldContain("an operator may not");
        said["Run and look"].ShouldMatch("event: end\ndata: .*\"status\":\"COMPLETED\".*\"units_processed\":1,");
        said["Change settings while it runs"].ShouldContain("refused");
        said["Change settings while it runs"].ShouldMatch("cluster.lease +20s +3s +key:bootstrap");
        said["Change settings while it runs"].ShouldMatch("cluster.lease +20s +override");
        said["Cancel what waits"].ShouldContain("of sellers: cancelled.");
        said["Let it run by itself"].ShouldContain("intervals.sellers is 15 now.");
        said["Change pipelines while it runs"].ShouldContain("Did you mean `key`?");
        said["Change pipelines while it runs"].ShouldContain("of copy: completed.");
        said["What it tells"]
            .ShouldMatch("sync_runs_total{pipeline=\"sellers\",status=\"completed\",verdict=\"verified\"}");
        said["What it tells"].ShouldContain("\"status\":\"healthy\"");
        said["Three servers"].ShouldContain("\"attempt\":2,");
        said["Three servers"].ShouldMatch("completed +verified");
        said["Three servers"].ShouldMatch("many +[0-9Z: -]+ +failed");
        said["Three servers"].ShouldContain("of many: completed.");
    }

    [Fact]
    public void Every_page_it_points_to_is_there() =>
        Link()
            .Matches(Page)
            .Select(link => link.Groups[1].Value)
            .Where(link => !File.Exists(RepositoryRoot.Combine("docs", link)))
            .ShouldBeEmpty();

    private Task<(int ExitCode, string Output)> TakeAsync()
    {
        // Not in the test's folder: PostgreSQL runs as another user, who cannot enter it.
        var cluster = $"{Path.GetTempPath().TrimEnd('/')}/{Path.GetFileName(_folder.Path)}-postgres";
        var commands = string.Concat(
            Block()
                .Matches(Page)
                .Select(block =>
                    block.Groups["title"].Success
                        ? $"section '{block.Groups["title"].Value}'\n"
                        : block.Groups["commands"].Value
                )
        );
        var script = (Prelude.Replace("CLUSTER", Cluster) + commands).Replace(Cluster, cluster);
        for (var port = 8080; port <= 8083; port++)
        {
            script = script.Replace($"{port}", $"{FreePort()}");
        }
        return Script.RunAsync(
            _folder.Path,
            "env",
            $"CLONE={RepositoryRoot.Path}",
            "bash",
            _folder.Write("tour.sh", script)
        );
    }

    private static Dictionary<string, string> Sections(string output) =>
        output
            .Split("=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(section => section.Split('\n', 2))
            .ToDictionary(section => section[0], section => section[1]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(
        @"^(## (?<title>[^\n]+)|```sh\n(?<commands>.*?)^```)",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
