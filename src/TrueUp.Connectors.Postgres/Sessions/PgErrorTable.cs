using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Sessions;

/// <summary>What each SQLSTATE means to a run.</summary>
internal sealed record PgErrorTable(string Code, ErrorType Type, string Detail, string Suggestion)
{
    private const string Retried = "It is tried again by itself; if it keeps happening, look at the server's log.";
    private const string Corrected =
        "Correct the record at its source, or widen the column or constraint of the target.";

    public bool IsTransient { get; private init; }

    public bool IsRecordFault { get; private init; }

    public static PgErrorTable Find(string state, PgPhase phase) =>
        state switch
        {
            "28P01" => new("wrong_password", ErrorType.Auth, "", "Check user and password of `connection`."),
            "28000" => new(
                "permission_denied",
                ErrorType.Auth,
                "",
                "Check the user of `connection` and the server's pg_hba.conf."
            ),
            "42501" => new(
                "permission_denied",
                ErrorType.Auth,
                "",
                "Grant the user of `connection` what the message names (GRANT …)."
            ),
            "3D000" => new(
                "database_missing",
                ErrorType.Database,
                "",
                "Create the database, or correct its name in `connection`."
            ),
            "42P01" or "3F000" => new("table_missing", ErrorType.Database, "", "Correct the name, or create it."),
            "42703" => new(
                "column_missing",
                ErrorType.Database,
                "",
                "Correct the column's name; run again if the table just changed."
            ),
            "25006" => new(
                "target_read_only",
                ErrorType.Database,
                "",
                "Connect to the primary server, or lift default_transaction_read_only."
            ),
            "53100" => new(
                "disk_full",
                ErrorType.Database,
                "",
                "Free space on the server's disk and run again; nothing is half written."
            ),
            "53300" or "57P03" => new("cannot_connect", ErrorType.Network, "", Retried) { IsTransient = true },
            "40001" or "40P01" => new("deadlock", ErrorType.Database, "", Retried) { IsTransient = true },
            "55P03" => new("database_locked", ErrorType.Database, "", Retried) { IsTransient = true },
            "57014" => new("query_cancelled", ErrorType.Timeout, "", Retried) { IsTransient = true },
            "72000" => new("source_changed", ErrorType.Database, "", Retried) { IsTransient = true },
            "22P04" => new(
                "side_failed",
                ErrorType.Unknown,
                "the server does not understand the rows sent to it",
                "Report this as a bug."
            ),
            "54000" or "P0001" when phase == PgPhase.Writing => Fault(
                "constraint_violation",
                state == "P0001" ? "a trigger of the target refuses a record" : "a record exceeds a limit of the server"
            ),
            _ => ByClass(state, phase),
        };

    private static PgErrorTable ByClass(string state, PgPhase phase) =>
        state[..Math.Min(2, state.Length)] switch
        {
            "08" or "57" => new("connection_lost", ErrorType.Network, "", Retried) { IsTransient = true },
            "53" or "58" => new("side_failed", ErrorType.Database, "", Retried) { IsTransient = true },
            "23" when phase == PgPhase.Writing => Fault(
                "constraint_violation",
                "a record violates a constraint of the target"
            ),
            "22" when phase == PgPhase.Writing => Fault("value_does_not_fit", "a value does not fit its column"),
            "22" => new(
                "side_failed",
                ErrorType.Database,
                "a value cannot be converted",
                "Declare the column's type as text, or correct the value."
            ),
            _ => new(
                "side_failed",
                ErrorType.Database,
                "the server refused",
                "See the message; the server's log may say more."
            ),
        };

    private static PgErrorTable Fault(string code, string detail) =>
        new(code, ErrorType.Validation, detail, Corrected) { IsRecordFault = true };
}
