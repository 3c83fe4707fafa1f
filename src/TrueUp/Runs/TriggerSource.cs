namespace TrueUp.Runs;

/// <summary>What started a run.</summary>
public enum TriggerSource
{
    /// <summary>The schedule.</summary>
    Scheduled,

    /// <summary>A person or a program.</summary>
    Manual,

    /// <summary>An earlier failure.</summary>
    Retry,

    /// <summary>A change feed.</summary>
    Cdc,
}
