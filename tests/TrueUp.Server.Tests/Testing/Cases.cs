using FsCheck;
using FsCheck.Fluent;

namespace TrueUp.Server.Tests.Testing;

/// <summary>Properties whose check has to wait for something.</summary>
internal static class Cases
{
    public static void Check<T>(Gen<T> cases, Func<T, Task> property, int count = 100)
    {
        Prop.ForAll(cases.ToArbitrary(), (Action<T>)Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

        void Holds(T value) => Task.Run(() => property(value)).GetAwaiter().GetResult();
    }
}
