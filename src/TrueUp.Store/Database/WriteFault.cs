namespace TrueUp.Store.Database;

/// <summary>What a failed write means for the jobs of its transaction.</summary>
internal enum WriteFault
{
    /// <summary>One of the jobs cannot be done; the others can.</summary>
    Job,

    /// <summary>Another writer was in the way; the same jobs may succeed when they are done again.</summary>
    Conflict,

    /// <summary>The connection broke; a new one may do.</summary>
    Lost,

    /// <summary>The database takes nothing now, from any job.</summary>
    Unavailable,
}
