using Npgsql;
using TrueUp.Sides;

namespace TrueUp.Store.Database;

/// <summary>
/// What the driver's exceptions mean to a control database (SQLSTATE codes: PostgreSQL's appendix A). Only the server's
/// short message is repeated, which holds no password; its details may hold values of rows.
/// </summary>
internal static class PostgresErrors
{
    /// <summary>See <see cref="ControlDatabase.Classify"/>.</summary>
    public static WriteFault Classify(Exception error) =>
        error switch
        {
            PostgresException { SqlState: "40001" or "40P01" } => WriteFault.Conflict,
            // Somebody else appended to the chain first: the receipt is made again behind that one.
            PostgresException { SqlState: "23505", ConstraintName: "receipts_chain" } => WriteFault.Conflict,
            PostgresException { SqlState: "25006" or "53100" or "53200" or "53300" } => WriteFault.Unavailable,
            PostgresException refused => IsGone(refused.SqlState) ? WriteFault.Lost : WriteFault.Job,
            NpgsqlException => IsTimeout(error) ? WriteFault.Unavailable : WriteFault.Lost,
            // The driver says so about a connection that broke while nobody used it.
            InvalidOperationException when IsClosed(error) => WriteFault.Lost,
            _ => WriteFault.Job,
        };

    /// <summary>See <see cref="ControlDatabase.Translate"/>.</summary>
    /// <param name="place">Where the database is.</param>
    /// <param name="error">What was thrown.</param>
    public static SideException Translate(string place, Exception error) =>
        error switch
        {
            SideException known => known,
            PostgresException refused => FromServer(place, refused),
            _ when error.Message.Contains("No password", StringComparison.Ordinal) => StoreErrors.Unavailable(
                place,
                "the server wants a password and none is given.",
                "Put the password into the connection, best as ${NAME} from the environment.",
                transient: false,
                error
            ),
            // Of a job that also writes files.
            IOException => StoreErrors.Unavailable(
                place,
                error.Message,
                "See that there is room in the home folder and that it can be written to.",
                transient: false,
                error
            ),
            _ => StoreErrors.Unavailable(
                place,
                IsTimeout(error) ? "the server does not answer in time." : "the server cannot be reached.",
                "See that the server runs, that host, port and TLS settings are right, and that it lets this machine in.",
                transient: true,
                error
            ),
        };

    private static SideException FromServer(string place, PostgresException error)
    {
        var (reason, suggestion, transient) = error.SqlState switch
        {
            "28P01" or "28000" => (
                "the server refuses the user or the password.",
                "Check user and password of the connection, and the server's pg_hba.conf.",
                false
            ),
            "42501" => (
                $"the user may not do this ({error.MessageText}).",
                "Make the user the owner of the schema trueup_control, or grant it CREATE on the database.",
                false
            ),
            "3D000" => ("the database does not exist.", "Create the database, or correct its name.", false),
            "25006" => (
                "the server is read-only.",
                "Connect to the primary server (target_session_attrs=primary), or lift default_transaction_read_only.",
                false
            ),
            "53100" => ("the server's disk is full.", "Make room on the server's disk, then run again.", false),
            "53300" => (
                "the server has no connection left.",
                "Raise max_connections of the server, or lower Maximum Pool Size of the connection.",
                true
            ),
            "40001" or "40P01" or "55P03" => (
                "other writers were in the way.",
                "It is tried again by itself; if it keeps happening, look at the server's log.",
                true
            ),
            "57014" => (
                "the server ended the statement.",
                "See statement_timeout of the role, and what else the server does.",
                true
            ),
            var state when IsGone(state) => (
                "the server closed the connection.",
                "It is connected again by itself; if it keeps happening, look at the server's log.",
                true
            ),
            var state => (
                $"the server refused ({state}: {error.MessageText}).",
                "See that nobody changed the schema trueup_control; the server's log may say more.",
                false
            ),
        };
        return StoreErrors.Unavailable(place, reason, suggestion, transient, error);
    }

    /// <summary>Connection exceptions, shutdowns and starts of the server.</summary>
    private static bool IsGone(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state is "57P01" or "57P02" or "57P03" or "57P05";

    private static bool IsTimeout(Exception error) =>
        error is TimeoutException || error.InnerException is TimeoutException;

    private static bool IsClosed(Exception error) =>
        error.Message.StartsWith("Connection is not open", StringComparison.Ordinal)
        || error.Message.StartsWith("The connection is not open", StringComparison.Ordinal);
}
