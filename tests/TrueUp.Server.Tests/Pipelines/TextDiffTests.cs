using FsCheck.Fluent;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Pipelines;

public sealed class TextDiffTests
{
    [Fact]
    public void Changed_lines_are_shown_with_some_around_them()
    {
        TextDiff
            .Of("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n")
            .ShouldBe([" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8", " 9", "+10"]);
        TextDiff.Of("", "a").ShouldBe(["+a"]);
        TextDiff.Of("a", "").ShouldBe(["-a"]);
        TextDiff.Of("a\n", "a\n").ShouldBeEmpty();
    }

    [Fact]
    public void Texts_that_are_too_long_to_compare_are_replaced_as_a_whole()
    {
        var (old, @new) = (Lines(3000, "a"), Lines(3000, "b"));

        TextDiff.Of(old, @new).Count.ShouldBe(6000);
    }

    [Fact]
    public void Old_and_new_lines_are_all_there() =>
        Cases.Check(
            from old in Gen.ListOf(Gen.Elements("a", "b", "c"))
            from @new in Gen.ListOf(Gen.Elements("a", "b", "c"))
            select (Old: old.Take(3).ToList(), New: @new.Take(3).ToList()),
            texts =>
            {
                var diff = TextDiff.Of(string.Join('\n', texts.Old), string.Join('\n', texts.New));

                if (texts.Old.SequenceEqual(texts.New))
                {
                    diff.ShouldBeEmpty();
                    return Task.CompletedTask;
                }
                // So short that nothing is left out.
                diff.Where(l => l[0] != '+').Select(l => l[1..]).ShouldBe(texts.Old);
                diff.Where(l => l[0] != '-').Select(l => l[1..]).ShouldBe(texts.New);
                return Task.CompletedTask;
            }
        );

    private static string Lines(int count, string prefix) =>
        string.Join('\n', Enumerable.Range(0, count).Select(i => $"{prefix}{i}"));
}
