namespace TrueUp.Cli.Tests;

/// <summary>The commands on real files, in the order in which somebody new would use them.</summary>
public sealed class EndToEndTests
{
    [Fact]
    public async Task The_sample_of_init_is_checked_run_verified_and_mended()
    {
        using var cli = new CliRunner();
        (await cli.RunAsync("init")).ShouldExit(0);

        (await cli.RunAsync("doctor", "sellers.yaml")).ShouldExit(0);
        var rehearsal = (await cli.RunAsync("run", "sellers.yaml", "--dry-run", "--json"))
            .ShouldExit(0)
            .Json.GetProperty("result");
        rehearsal.GetProperty("dry_run").GetBoolean().ShouldBeTrue();
        rehearsal.GetProperty("counts").GetProperty("created").GetInt64().ShouldBe(5);
        File.Exists(cli.PathOf("sellers.db")).ShouldBeFalse();

        var first = (await cli.RunAsync("run", "sellers.yaml", "--json")).ShouldExit(0);
        Golden.ShouldMatch("run.json", cli.Normalise(first.Output));
        (await cli.RunAsync("verify", "sellers.yaml")).ShouldExit(0).Error.ShouldContain("5 rows equal");
        (await cli.RunAsync("receipt", "check", "last")).ShouldExit(0);

        File.AppendAllText(cli.PathOf("sellers.csv"), "BAD1,Nobody,Rome,2024-01-01\n");
        var incomplete = (await cli.RunAsync("run", "sellers.yaml", "--json")).ShouldExit(1).Json;
        incomplete.GetProperty("error").GetProperty("code").GetString().ShouldBe("incomplete");
        incomplete.GetProperty("result").GetProperty("dead_letters").GetInt64().ShouldBe(1);

        File.WriteAllText(
            cli.PathOf("sellers.csv"),
            File.ReadAllText(cli.PathOf("sellers.csv")).Replace("BAD1", "AA10006")
        );
        var retried = (await cli.RunAsync("dead-letters", "retry", "--json")).ShouldExit(0).Json.GetProperty("result");
        retried.GetProperty("settled").GetArrayLength().ShouldBe(1);
        retried.GetProperty("pending").GetArrayLength().ShouldBe(0);
        retried.GetProperty("runs")[0].GetProperty("counts").GetProperty("created").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task An_interrupt_while_a_run_waits_exits_130()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var cli = new CliRunner();
        (await cli.RunAsync("init")).ShouldExit(0);
        (await cli.RunAsync("run", "sellers.yaml")).ShouldExit(0);
        // Another program holds the database for as long as this test likes; the run waits for it.
        using var other = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={cli.PathOf("sellers.db")};Pooling=False"
        );
        other.Open();
        using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE";
        hold.ExecuteNonQuery();

        using var process = cli.Start(new Dictionary<string, string>(), "run", "sellers.yaml", "--json");
        var log = Path.Combine(cli.Home, "logs", "trueup.log");
        await UntilAsync(() => File.ReadAllText(log).Split("1000 Run").Length > 2);
        System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
        var result = await cli.EndAsync(process);

        result.ShouldExit(130).Json.GetProperty("error").GetProperty("code").GetString().ShouldBe("cancelled");
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
