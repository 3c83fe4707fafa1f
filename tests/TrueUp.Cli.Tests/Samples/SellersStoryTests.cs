using TrueUp.Testing;

namespace TrueUp.Cli.Tests.Samples;

/// <summary>The scripts of the sellers sample, run as users run them but for where they write.</summary>
public sealed class SellersStoryTests : IDisposable
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "sellers");

    private readonly TemporaryFolder _folder = new();

    private string Work => _folder.File("work");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_demonstration_comes_true_step_by_step()
    {
        var (exitCode, output) = await Script.RunAsync(_folder.Path, Path.Combine(Sample, "demo"), Work);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("missing on the target: AA12679");
        output.ShouldContain("Proven: the sellers in SQLite");
    }

    [Fact]
    public async Task The_same_comes_true_in_PostgreSQL()
    {
        var (exitCode, output) = await Script.RunAsync(_folder.Path, Path.Combine(Sample, "run"), Work);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("Proven: the sellers in PostgreSQL");
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        var mine = _folder.Write("work/mine.txt", "keep me");

        var (exitCode, output) = await Script.RunAsync(_folder.Path, Path.Combine(Sample, "demo"), Work);

        exitCode.ShouldBe(1);
        output.ShouldContain("is not empty");
        File.ReadAllText(mine).ShouldBe("keep me");
    }
}
