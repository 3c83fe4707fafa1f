using System.Text.Json;
using TrueUp.Testing;

namespace TrueUp.Cli.Tests.Samples;

/// <summary>The pipeline that reads the CSV file.</summary>
public sealed class SellersCsvTests(SellersFolders folders) : IClassFixture<SellersFolders>
{
    [Fact]
    public async Task The_csv_file_goes_in_but_for_its_bad_records_and_in_full_once_they_are_mended()
    {
        using var cli = new CliRunner();
        Lay(cli, folders.Spoilt);
        (await cli.RunAsync("run", "properties.yaml")).ShouldExit(0);

        var spoilt = await cli.RunAsync("run", "sellers-csv.yaml", "--json");
        Lay(cli, folders.Clean);
        var mended = await cli.RunAsync("run", "sellers-csv.yaml", "--json");

        var verification = Verification(spoilt.ShouldExit(1));
        verification.GetProperty("verdict").GetString().ShouldBe("incomplete");
        verification.GetProperty("unproven").GetInt64().ShouldBe(19);
        verification
            .GetProperty("integrity_issues")
            .EnumerateArray()
            .Count(issue => issue.GetProperty("type").GetString() == "ragged_row")
            .ShouldBe(2);
        Verification(mended.ShouldExit(0)).GetProperty("verdict").GetString().ShouldBe("verified");
    }

    [Fact]
    public async Task The_csv_file_and_the_workbook_are_one_source_to_the_same_table()
    {
        using var cli = new CliRunner();
        Lay(cli, folders.Clean);
        var pipeline = await File.ReadAllTextAsync(cli.PathOf("sellers-csv.yaml"));
        cli.Write("other.yaml", pipeline.Replace("table: sellers_csv", "table: sellers"));
        (await cli.RunAsync("run", "properties.yaml")).ShouldExit(0);
        (await cli.RunAsync("run", "sellers.yaml")).ShouldExit(0);

        (await cli.RunAsync("verify", "other.yaml", "--json")).ShouldExit(0);
    }

    private static void Lay(CliRunner cli, string files)
    {
        var pipelines = Directory.GetFiles(RepositoryRoot.Combine("samples", "sellers"), "*.yaml");
        foreach (var file in Directory.GetFiles(files).Concat(pipelines))
        {
            File.Copy(file, cli.PathOf(Path.GetFileName(file)), overwrite: true);
        }
    }

    private static JsonElement Verification(CliResult result) =>
        result.Json.GetProperty("result").GetProperty("verification");
}
