namespace TrueUp.Testing.Simulation;

/// <summary>What a simulation does to runs.</summary>
public enum FaultKind
{
    /// <summary>A run is abandoned where it stands: its memory is gone, what it committed stays.</summary>
    Crash,

    /// <summary>A run stands still while another one takes over, and then goes on.</summary>
    Zombie,

    /// <summary>An operation is held back while others of the same and of other runs go first.</summary>
    Delay,

    /// <summary>The waiting operation that came later goes first.</summary>
    Reorder,

    /// <summary>A commit went through and its acknowledgment did not; it is tried again.</summary>
    LostAcknowledgment,

    /// <summary>A connection breaks.</summary>
    Broken,

    /// <summary>A reading ends in garbage that its protocol notices.</summary>
    Garbled,

    /// <summary>A store refuses for good.</summary>
    Denied,

    /// <summary>The target drops a row and says it has it.</summary>
    LostRow,

    /// <summary>A user cancels the run.</summary>
    Cancel,

    /// <summary>Somebody else changes the target.</summary>
    OutsideEdit,

    /// <summary>The source changes.</summary>
    SourceEdit,
}
