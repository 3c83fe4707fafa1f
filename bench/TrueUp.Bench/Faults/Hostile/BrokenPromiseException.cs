namespace TrueUp.Bench.Faults.Hostile;

/// <summary>The product did something with an input that it should not.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message)
{
    public static void Unless(bool holds, string what)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(what);
        }
    }

    /// <summary>A refusal says what, why and what to do.</summary>
    public static void UnlessSaid(string? code, string? message, string? suggestion) =>
        Unless(
            !string.IsNullOrEmpty(code)
                && code is not "side_failed"
                && !string.IsNullOrWhiteSpace(message)
                && message.Length < 4000
                && !string.IsNullOrWhiteSpace(suggestion),
            $"a refusal does not say enough: '{code}' '{message}' '{suggestion}'"
        );
}
