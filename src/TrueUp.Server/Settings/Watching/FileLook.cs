namespace TrueUp.Server.Settings.Watching;

/// <summary>What a look at a file tells.</summary>
internal enum FileLook
{
    /// <summary>It looks as it did.</summary>
    Same,

    /// <summary>It is being written.</summary>
    Moving,

    /// <summary>It is another one, and has come to rest.</summary>
    Changed,
}
