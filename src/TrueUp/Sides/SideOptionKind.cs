namespace TrueUp.Sides;

/// <summary>What values a side's option takes.</summary>
public enum SideOptionKind
{
    /// <summary>Any text; <c>${NAME}</c> is replaced from the environment.</summary>
    Text,

    /// <summary>A path, relative to the pipeline file.</summary>
    Path,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A text or a list of texts.</summary>
    List,
}
