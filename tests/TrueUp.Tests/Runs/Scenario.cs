using FsCheck;
using FsCheck.Fluent;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

/// <summary>A generated starting point: what the source has and what the target has of it, right or wrong.</summary>
public sealed record Scenario(
    IReadOnlyDictionary<int, string?> Source,
    IReadOnlyDictionary<int, string?> Target,
    bool CanSeek
)
{
    public static Arbitrary<Scenario> Arbitrary { get; } =
        Arb.From(
            from source in Rows()
            from target in Rows()
            from overlap in Gen.Choose(0, 100)
            from seek in Gen.Elements(true, false)
            select new Scenario(source, Mixed(source, target, overlap), seek)
        );

    public IReadOnlyList<int> Gaps => [.. Source.Keys.Except(Target.Keys).Order()];

    public IReadOnlyList<int> Extra => [.. Target.Keys.Except(Source.Keys).Order()];

    public IReadOnlyList<int> Drift =>
        [.. Source.Where(s => Target.TryGetValue(s.Key, out var other) && other != s.Value).Select(s => s.Key).Order()];

    /// <summary>A world in this state, with deletes allowed in any number.</summary>
    public MemoryWorld World()
    {
        var world = new MemoryWorld("id int32", "name") { };
        world.Pipeline = world.Pipeline with { MaxDeletes = TrueUp.Pipelines.Allowance.OfPercent(100) };
        world.Store.SourceCanSeek = CanSeek;
        world.Store.Tables["target"] = new MemoryTable(world.Source.Columns, "id");
        foreach (var (id, name) in Source)
        {
            world.Source.Add($"{id}", name);
        }
        foreach (var (id, name) in Target)
        {
            world.Target.Add($"{id}", name);
        }
        return world;
    }

    /// <summary>Checks a property on at least 100 generated scenarios.</summary>
    public static void ForAll(Func<Scenario, Task> property) =>
        Prop.ForAll(Arbitrary, scenario => property(scenario).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static Gen<IReadOnlyDictionary<int, string?>> Rows() =>
        from rows in Gen.ListOf(
            Gen.Zip(Gen.Choose(-50, 50), Gen.Elements<string?>(null, "", "a", "b", " a", "NULL", "ä"))
        )
        select (IReadOnlyDictionary<int, string?>)
            rows.DistinctBy(r => r.Item1).ToDictionary(r => r.Item1, r => r.Item2);

    private static IReadOnlyDictionary<int, string?> Mixed(
        IReadOnlyDictionary<int, string?> source,
        IReadOnlyDictionary<int, string?> other,
        int overlap
    ) =>
        source
            .Where(s => Math.Abs(s.Key * 37 % 100) < overlap)
            .Concat(other)
            .DistinctBy(r => r.Key)
            .ToDictionary(r => r.Key, r => r.Value);
}
