using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using TrueUp.Store;

namespace TrueUp.Cli.Tests;

/// <summary>How a server refuses to start, and how it ends.</summary>
public sealed partial class ServeTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_corrupt_control_database_is_refused_with_the_way_out()
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllBytesAsync(Path.Combine(_cli.Home, "trueup.db"), [.. Enumerable.Repeat((byte)'x', 10_000)]);

        await ShouldRefuseAsync("serve-corrupt", 3);
    }

    [Fact]
    public async Task A_control_database_of_a_newer_version_is_refused_with_the_way_out()
    {
        await TrueUpHome.Open(_cli.Home, TimeProvider.System).DisposeAsync();
        await ExecuteAsync(
            "INSERT INTO trueup_migrations SELECT max(version) + 1, name, checksum, applied_at FROM trueup_migrations"
        );

        await ShouldRefuseAsync("serve-newer", 3);
    }

    [Fact]
    public async Task A_database_of_somebody_else_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(_cli.Home);
        await ExecuteAsync("CREATE TABLE somebodys (id INTEGER)");

        await ShouldRefuseAsync("serve-foreign", 3);

        await ExecuteAsync("INSERT INTO somebodys VALUES (1)");
    }

    [Fact]
    public Task Listening_for_everybody_without_tls_is_refused() =>
        ShouldRefuseAsync("serve-everybody", 2, "--urls", "http://0.0.0.0:8080");

    [Fact]
    public Task A_control_database_that_does_not_answer_is_said_so() =>
        ShouldRefuseAsync("serve-away", 3, "--control-database", "postgres://trueup:sekrit@127.0.0.1:1/trueup");

    [Fact]
    public async Task Settings_with_mistakes_are_refused_each_with_its_place()
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(
            Path.Combine(_cli.Home, "trueup.yaml"),
            "server:\n  url: http://127.0.0.1:8080\nlimits: {requests_per_minute: many}\n"
        );

        await ShouldRefuseAsync("serve-settings", 2);
    }

    [Fact]
    public async Task An_address_that_somebody_has_is_said_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var result = (await _cli.RunAsync("serve", "--urls", $"http://127.0.0.1:{port}", "--json")).ShouldExit(3);

        var error = result.Json.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("address_taken");
        error.GetProperty("message").GetString()!.ShouldContain($"127.0.0.1:{port}");
    }

    [Fact]
    public async Task A_server_that_is_asked_to_end_says_so_and_exits_0()
    {
        using var process = _cli.Start(new Dictionary<string, string>(), "serve", "--urls", "http://127.0.0.1:0", "-q");
        var key = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        key.ShouldStartWith("The first administrator's key, shown only this once: ");

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        (await _cli.EndAsync(process)).ShouldExit(0);
    }

    private async Task ShouldRefuseAsync(string golden, int exit, params string[] arguments)
    {
        var human = (await _cli.RunAsync(["serve", .. arguments])).ShouldExit(exit);
        var json = (await _cli.RunAsync(["serve", .. arguments, "--json"])).ShouldExit(exit);

        human.Output.ShouldBeEmpty();
        human.Error.ShouldNotContain("sekrit");
        json.Output.ShouldNotContain("sekrit");
        // Each migration is a version more.
        var text = Version().Replace(_cli.Normalise($"{human.Error}{json.Output}"), "$1{version}");
        Golden.ShouldMatch($"{golden}.txt", text);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_cli.Home, "trueup.db")};Pooling=False"
        );
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"(version |versions up to )\d+")]
    private static partial Regex Version();
}
