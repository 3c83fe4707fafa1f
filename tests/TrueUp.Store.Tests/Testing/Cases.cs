using FsCheck;
using FsCheck.Fluent;

namespace TrueUp.Store.Tests.Testing;

/// <summary>Properties whose check has to wait for a database.</summary>
internal static class Cases
{
    public static void Check<T>(Gen<T> cases, Func<T, Task> property, int count = 100)
    {
        Prop.ForAll(cases.ToArbitrary(), (Action<T>)Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

        void Holds(T value) => Task.Run(() => property(value)).GetAwaiter().GetResult();
    }

    /// <summary>One of the values, or null: a filter that is set or not.</summary>
    public static Gen<T?> Maybe<T>(params T[] values)
        where T : struct => Gen.Elements([null, .. values.Select(v => (T?)v)]);

    /// <summary>One of the texts, or null.</summary>
    public static Gen<string?> MaybeText(params string[] values) => Gen.Elements<string?>([null, .. values]);
}
