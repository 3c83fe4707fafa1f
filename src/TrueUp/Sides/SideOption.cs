namespace TrueUp.Sides;

/// <summary>A key that a connector understands in <c>source:</c> or <c>target:</c>.</summary>
/// <param name="Name">As written in the pipeline file.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Description">For the reference and for messages.</param>
public sealed record SideOption(string Name, SideOptionKind Kind, string Description)
{
    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>What holds when it is not given, as written in a pipeline file.</summary>
    public string? Default { get; init; }

    /// <summary>For the reference.</summary>
    public string? Example { get; init; }

    /// <summary>The values it may have, or null for any.</summary>
    public IReadOnlyList<string>? Choices { get; init; }
}
