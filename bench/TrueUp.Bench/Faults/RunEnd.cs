namespace TrueUp.Bench.Faults;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code, or null when it had to be killed for taking too long.</param>
/// <param name="Code">The error's code, or empty.</param>
/// <param name="Text">Everything it wrote.</param>
internal sealed record RunEnd(int? ExitCode, string Code, string Text)
{
    /// <summary>Outcome and error in one line.</summary>
    public string Story => $"{Name}: {Text[..Math.Min(Text.Length, 1500)]}";

    public string Name =>
        ExitCode is null ? "hangs"
        : Code.Length == 0 ? $"exit {ExitCode}"
        : $"exit {ExitCode} {Code}";
}
