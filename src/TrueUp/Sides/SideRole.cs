namespace TrueUp.Sides;

/// <summary>Which end of a pipeline a side is.</summary>
public enum SideRole
{
    /// <summary>Rows come from it.</summary>
    Source,

    /// <summary>Rows go to it.</summary>
    Target,
}
