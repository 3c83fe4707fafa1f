namespace TrueUp.Connectors.Postgres.Sessions;

/// <summary>What was going on when an error came, which decides what it means.</summary>
internal enum PgPhase
{
    /// <summary>A connection was being made.</summary>
    Connecting,

    /// <summary>Rows or the catalog were being read.</summary>
    Reading,

    /// <summary>Records were being written: a value that is refused is that record's fault.</summary>
    Writing,
}
