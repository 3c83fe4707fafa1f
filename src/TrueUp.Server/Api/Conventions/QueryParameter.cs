using System.Globalization;
using System.Reflection;
using TrueUp.Pipelines;

namespace TrueUp.Server.Api.Conventions;

/// <summary>A parameter of an endpoint's query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its value.</param>
internal sealed record QueryParameter(string Name, Type Type)
{
    /// <summary>Characters of a text at most.</summary>
    public const int TextMax = 500;

    private readonly Func<string, string?> _complaint = Checker(Bare(Type));

    /// <summary>What is expected, in words.</summary>
    public string Expected => Ask<string>(Bare(Type), nameof(ExpectedOf)) ?? "a text";

    /// <summary>All values there can be, or null when they cannot be listed.</summary>
    public IEnumerable<string>? Choices => Ask<IEnumerable<string>>(Bare(Type), nameof(ChoicesOf));

    /// <summary>What is wrong with a value, or null.</summary>
    public Finding? Check(string value) =>
        _complaint(value) is { } expected
            ? new Finding("bad_value", $"The value of {Name} is not understood.", $"Give {expected}.") { Path = Name }
            : null;

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static Func<string, string?> Checker(Type type)
    {
        if (type == typeof(string))
        {
            return text => TextRules.Complaint(text, TextMax);
        }
        var parses = Method(nameof(Parses), type).CreateDelegate<Func<string, bool>>();
        var expected =
            Ask<string>(type, nameof(ExpectedOf)) ?? (type == typeof(bool) ? "true or false" : "a whole number");
        return text => parses(text) ? null : expected;
    }

    private static T? Ask<T>(Type type, string method)
        where T : class =>
        type.IsAssignableTo(typeof(IQueryValue)) ? (T?)Method(method, type).Invoke(null, null) : null;

    private static MethodInfo Method(string name, Type type) =>
        typeof(QueryParameter).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);

    private static string ExpectedOf<T>()
        where T : IQueryValue => T.Expected;

    private static IEnumerable<string>? ChoicesOf<T>()
        where T : IQueryValue => T.Choices;

    private static bool Parses<T>(string text)
        where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);
}
