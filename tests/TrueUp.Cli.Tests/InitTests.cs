namespace TrueUp.Cli.Tests;

public sealed class InitTests
{
    [Fact]
    public async Task Init_writes_a_pipeline_and_its_data()
    {
        using var cli = new CliRunner();

        var json = (await cli.RunAsync("init", "--json")).ShouldExit(0).Json;

        json.GetProperty("result")
            .GetProperty("files")
            .EnumerateArray()
            .Select(f => f.GetString())
            .ShouldBe([cli.PathOf("sellers.yaml"), cli.PathOf("sellers.csv")]);
        File.ReadAllText(cli.PathOf("sellers.yaml")).ShouldContain("name: sellers");
        Directory.Exists(cli.Home).ShouldBeFalse();
    }

    [Theory]
    [InlineData("sellers.yaml")]
    [InlineData("sellers.csv")]
    public async Task Init_overwrites_nothing(string file)
    {
        using var cli = new CliRunner();
        cli.Write(file, "mine");

        var json = (await cli.RunAsync("init", "--json")).ShouldExit(2).Json;

        json.GetProperty("error").GetProperty("code").GetString().ShouldBe("file_exists");
        Directory.GetFiles(cli.Folder).ShouldBe([cli.PathOf(file)]);
        File.ReadAllText(cli.PathOf(file)).ShouldBe("mine");
    }
}
