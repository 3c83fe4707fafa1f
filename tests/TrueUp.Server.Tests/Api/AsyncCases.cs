using FsCheck;
using FsCheck.Fluent;

namespace TrueUp.Server.Tests.Api;

/// <summary>Properties whose check has to wait for a server.</summary>
internal static class AsyncCases
{
    public static void Check<T>(Gen<T> cases, Func<T, Task> property, int count = 100)
    {
        Prop.ForAll(cases.ToArbitrary(), (Action<T>)Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

        void Holds(T value) => Task.Run(() => property(value)).GetAwaiter().GetResult();
    }
}
