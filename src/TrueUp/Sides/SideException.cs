namespace TrueUp.Sides;

/// <summary>A store did not do what it was asked, for a reason that lies outside this program.</summary>
public class SideException : Exception
{
    /// <param name="type">What kind of trouble.</param>
    /// <param name="message">What failed and where, without secrets or values.</param>
    /// <param name="suggestion">What to do next.</param>
    /// <param name="inner">The driver's exception.</param>
    public SideException(ErrorType type, string message, string suggestion, Exception? inner = null)
        : base(message, inner)
    {
        Type = type;
        Suggestion = suggestion;
    }

    /// <summary>What kind of trouble.</summary>
    public ErrorType Type { get; }

    /// <summary>What to do next.</summary>
    public string Suggestion { get; }

    /// <summary>
    /// A stable code for machines, for example <c>file_missing</c>, <c>cannot_connect</c>, <c>target_read_only</c>.
    /// </summary>
    public string Code { get; init; } = "side_failed";

    /// <summary>True when trying again may help: a broken connection, a deadlock, a server that is starting.</summary>
    public bool IsTransient { get; init; }

    /// <summary>
    /// True when a record of the batch is to blame, not the store: a constraint, a value that does not fit.
    /// </summary>
    public bool IsRecordFault { get; init; }
}
