using Microsoft.Data.Sqlite;

namespace TrueUp.Cli.Tests.Receipts;

/// <summary><c>receipt check --live</c>: does what a receipt claims hold now?</summary>
public sealed class LiveCheckTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_claim_that_still_holds_is_told_with_both_positions()
    {
        await RunAsync();

        var json = (await CheckAsync("--json")).ShouldExit(0);
        var human = (await CheckAsync()).ShouldExit(0);

        Golden.ShouldMatch("receipt-live.json", _cli.Normalise(json.Output));
        Golden.ShouldMatch("receipt-live.txt", _cli.Normalise(human.Error));
    }

    [Fact]
    public async Task A_claim_about_an_altered_target_no_longer_holds_and_nothing_is_written()
    {
        await RunAsync();
        Alter("UPDATE sellers SET name = 'Nobody' WHERE seller_number = 'AA10001'");
        var before = Database();

        var json = (await CheckAsync("--json")).ShouldExit(1);
        var human = (await CheckAsync()).ShouldExit(1);

        Golden.ShouldMatch("receipt-live-altered.json", _cli.Normalise(json.Output));
        Golden.ShouldMatch("receipt-live-altered.txt", _cli.Normalise(human.Error));
        Database().ShouldBe(before);
        (await _cli.RunAsync("runs", "--json"))
            .Json.GetProperty("result")
            .GetProperty("runs")
            .GetArrayLength()
            .ShouldBe(1, "looking is not a run");
    }

    [Fact]
    public async Task A_changed_pipeline_is_told()
    {
        await RunAsync();
        File.AppendAllText(_cli.PathOf("sellers.yaml"), "# changed\n");

        (await CheckAsync()).ShouldExit(0).Error.ShouldContain("the pipeline file has changed since");
        var live = (await CheckAsync("--json")).Json.GetProperty("result").GetProperty("live");
        live.GetProperty("pipeline_changed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_source_that_moved_on_is_told()
    {
        await RunAsync();
        File.AppendAllText(_cli.PathOf("sellers.csv"), "AA10009,New,Rome,2024-01-01\n");

        var live = (await CheckAsync("--json")).ShouldExit(1).Json.GetProperty("result").GetProperty("live");

        var unit = live.GetProperty("units")[0];
        unit.GetProperty("gaps").GetInt64().ShouldBe(1);
        unit.GetProperty("source").GetProperty("moved").GetBoolean().ShouldBeTrue();
        unit.GetProperty("source").GetProperty("rows").GetInt64().ShouldBe(6);
        unit.GetProperty("source").GetProperty("rows_then").GetInt64().ShouldBe(5);
    }

    [Fact]
    public async Task A_receipt_from_elsewhere_needs_its_pipeline_named()
    {
        await RunAsync();
        var receipt = Directory.GetFiles(Path.Combine(_cli.Home, "receipts", "sellers"), "*.json")[0];
        var key = Directory.GetFiles(Path.Combine(_cli.Home, "keys"), "*.pub")[0];
        var copy = _cli.Write("copy/receipt.json", File.ReadAllText(receipt));
        var home = _cli.PathOf("elsewhere");

        (await _cli.RunAsync("receipt", "check", copy, "--key", key, "--live", "--home", home))
            .ShouldExit(2)
            .Error.ShouldContain("--pipeline FILE");
        (
            await _cli.RunAsync(
                "receipt",
                "check",
                copy,
                "--key",
                key,
                "--live",
                "--pipeline",
                "sellers.yaml",
                "--home",
                home
            )
        ).ShouldExit(0);
        Directory.Exists(home).ShouldBeFalse("nothing is written");
    }

    [Fact]
    public async Task Sides_that_cannot_be_read_and_files_that_are_no_pipeline_are_no_verdict()
    {
        await RunAsync();
        File.Delete(_cli.PathOf("sellers.csv"));
        (await CheckAsync()).ShouldExit(2).Error.ShouldContain("sellers.csv");
        (await CheckAsync("--pipeline", "none.yaml")).ShouldExit(2);
        (await _cli.RunAsync("receipt", "check", "last", "--pipeline", "sellers.yaml")).ShouldExit(2);
    }

    private async Task RunAsync()
    {
        (await _cli.RunAsync("init")).ShouldExit(0);
        (await _cli.RunAsync("run", "sellers.yaml")).ShouldExit(0);
    }

    private Task<CliResult> CheckAsync(params string[] more) =>
        _cli.RunAsync(["receipt", "check", "last", "--live", .. more]);

    private byte[] Database() => File.ReadAllBytes(_cli.PathOf("sellers.db"));

    private void Alter(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_cli.PathOf("sellers.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery().ShouldBe(1);
    }
}
