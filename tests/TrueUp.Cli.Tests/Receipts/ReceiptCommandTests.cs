namespace TrueUp.Cli.Tests.Receipts;

/// <summary>The commands about receipts on real runs.</summary>
public sealed class ReceiptCommandTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_rotated_key_is_vouched_for_and_a_witnessed_chain_is_checked()
    {
        (await _cli.RunAsync("receipt", "rotate-key")).ShouldExit(2);
        await InitAsync("witness: {file: witness.jsonl}\n");
        (await _cli.RunAsync("run", "sellers.yaml")).ShouldExit(0);

        var rotated = (await _cli.RunAsync("receipt", "rotate-key", "--json")).ShouldExit(0).Json.GetProperty("result");
        (await _cli.RunAsync("verify", "sellers.yaml")).ShouldExit(0);

        var receipt = (await _cli.RunAsync("receipt", "show", "last", "--json")).Json.GetProperty("result");
        var body = receipt.GetProperty("receipt").GetProperty("body");
        body.GetProperty("sequence").GetInt64().ShouldBe(2);
        body.GetProperty("rotations")[0]
            .GetProperty("to")
            .GetString()
            .ShouldBe(rotated.GetProperty("key_id").GetString());
        var first = Path.Combine(_cli.Home, "keys", $"receipt-{rotated.GetProperty("previous_key_id")}.pub");
        var elsewhere = _cli.PathOf("elsewhere");
        var file = receipt.GetProperty("file").GetString()!;
        (await _cli.RunAsync("receipt", "check", file, "--key", first, "--home", elsewhere)).ShouldExit(0);
        (await _cli.RunAsync("receipt", "check", "last", "--witness", "witness.jsonl")).ShouldExit(0);

        File.Delete(file);
        var rest = Directory.GetFiles(Path.Combine(_cli.Home, "receipts", "sellers"), "*.json")[0];
        (await _cli.RunAsync("receipt", "check", rest)).ShouldExit(0);
        (await _cli.RunAsync("receipt", "check", rest, "--witness", "witness.jsonl", "--json"))
            .ShouldExit(1)
            .Json.GetProperty("error")
            .GetProperty("code")
            .GetString()
            .ShouldBe("chain_truncated");
        (await _cli.RunAsync("receipt", "check", rest, "--witness", "none.jsonl")).ShouldExit(2);
    }

    [Fact]
    public async Task A_witness_that_cannot_be_told_is_a_warning_of_the_run_and_in_the_list()
    {
        await InitAsync("witness: {file: no/folder/witness.jsonl}\n");

        var result = (await _cli.RunAsync("run", "sellers.yaml", "--json")).ShouldExit(0).Json.GetProperty("result");

        result.GetProperty("warnings")[0].GetProperty("code").GetString().ShouldBe("witness_failed");
        var listed = (await _cli.RunAsync("receipt", "list", "--json")).ShouldExit(0).Json.GetProperty("result");
        listed.GetProperty("receipts")[0].GetProperty("witness_problem").GetString()!.ShouldContain("witness.jsonl");
        (await _cli.RunAsync("receipt", "list")).ShouldExit(0).Error.ShouldContain("1 receipt.");
    }

    [Fact]
    public async Task The_status_of_pipelines_tells_the_age_of_the_last_proof()
    {
        await InitAsync("");
        (await _cli.RunAsync("run", "sellers.yaml")).ShouldExit(0);

        var human = (await _cli.RunAsync("status")).ShouldExit(0);
        var json = (await _cli.RunAsync("status", "sellers", "--json")).ShouldExit(0).Json;
        (await _cli.RunAsync("status", "nothing")).ShouldExit(2);

        Golden.ShouldMatch("status.txt", _cli.Normalise(human.Error));
        var status = json.GetProperty("result").GetProperty("pipelines")[0];
        status.GetProperty("pipeline").GetString().ShouldBe("sellers");
        status.GetProperty("is_running").GetBoolean().ShouldBeFalse();
        status.GetProperty("last_verdict").GetString().ShouldBe("verified");
        status.GetProperty("proof_age_seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
    }

    private async Task InitAsync(string more)
    {
        (await _cli.RunAsync("init")).ShouldExit(0);
        File.AppendAllText(_cli.PathOf("sellers.yaml"), more);
    }
}
