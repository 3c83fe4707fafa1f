namespace TrueUp.Server.Security;

/// <summary>
/// Who guesses. Keys and passwords are counted apart, so that a program with a wrong key does not keep the people on
/// the same machine from logging in.
/// </summary>
internal sealed class Guessing(TimeProvider clock)
{
    /// <summary>Wrong keys, by address.</summary>
    public LockOut Keys { get; } = new(clock);

    /// <summary>Wrong passwords, by address.</summary>
    public LockOut Addresses { get; } = new(clock);

    /// <summary>Wrong passwords, by the name they were tried for, whether somebody has it or not.</summary>
    public LockOut Names { get; } = new(clock);
}
