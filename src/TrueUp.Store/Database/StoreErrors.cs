using TrueUp.Sides;

namespace TrueUp.Store.Database;

/// <summary>Why the control database cannot be used, and what to do about it.</summary>
internal static class StoreErrors
{
    /// <summary>It does not answer, or not in time.</summary>
    public static SideException Unavailable(
        string place,
        string reason,
        string suggestion,
        bool transient,
        Exception? inner
    ) =>
        new(ErrorType.Database, $"TrueUp's own data in {place} cannot be used: {reason}", suggestion, inner)
        {
            Code = "audit_unavailable",
            IsTransient = transient,
        };

    /// <summary>It is damaged.</summary>
    public static SideException Corrupt(string place, string reason, Exception? inner) =>
        new(
            ErrorType.Database,
            $"The control database {place} is damaged: {reason}",
            "Put a backup back, or move the file away: TrueUp then starts a new one. No synced data is lost with it, but the "
                + "history, what waits, dead letters, keys, users and settings that were changed at run time.",
            inner
        )
        {
            Code = "control_database_corrupt",
        };

    /// <summary>A newer TrueUp has worked with it.</summary>
    public static SideException Newer(string place, int version, int known) =>
        new(
            ErrorType.Database,
            $"The control database {place} has version {version}; this TrueUp knows versions up to {known}.",
            "Use the newer TrueUp that wrote it, or another --home."
        )
        {
            Code = "control_database_newer",
        };

    /// <summary>Something else lives there.</summary>
    public static SideException Foreign(string place) =>
        new(
            ErrorType.Database,
            $"{place} holds tables but no TrueUp control database.",
            "Choose another --home; nothing was changed here."
        )
        {
            Code = "control_database_foreign",
        };

    /// <summary>A migration was applied that is not the one this program has under its number.</summary>
    public static SideException Altered(string place, string migration) =>
        new(
            ErrorType.Database,
            $"The control database {place} was set up by another form of migration {migration} than this TrueUp has.",
            "Use the TrueUp that wrote it, or another --home."
        )
        {
            Code = "control_database_altered",
        };
}
