using FsCheck;
using FsCheck.Fluent;

namespace TrueUp.Server.Tests.Testing;

/// <summary>Properties whose check has to wait for a server.</summary>
internal static class Cases
{
    /// <summary>A property that need not wait.</summary>
    public static void Then<T>(this Gen<T> cases, Action<T> property, int count = 100) =>
        Prop.ForAll(cases.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

    public static void Check<T>(Gen<T> cases, Func<T, Task> property, int count = 100)
    {
        Prop.ForAll(cases.ToArbitrary(), (Action<T>)Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

        void Holds(T value) => Task.Run(() => property(value)).GetAwaiter().GetResult();
    }
}
