namespace TrueUp.Store.Access;

/// <summary>What became of a change to keys or users.</summary>
public enum AccessOutcome
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>There is no such key or user.</summary>
    NotFound,

    /// <summary>Another one that can be used has the name.</summary>
    NameTaken,

    /// <summary>There are as many as there may be.</summary>
    TooMany,

    /// <summary>Nobody could administer the servers any more.</summary>
    LastAdmin,

    /// <summary>The key was revoked, has expired or was replaced.</summary>
    NotUsable,
}
