using System.Net.Sockets;
using Npgsql;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Sessions;

/// <summary>
/// Says in our terms what the driver and the server report (SQLSTATE codes: PostgreSQL's appendix A).
/// </summary>
internal static class PgErrors
{
    /// <summary>The error as the engine understands it; null when it is none of the store's.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="doing">What was being done and where, as the beginning of the message.</param>
    /// <param name="phase">What was going on.</param>
    public static SideException? Translate(Exception error, string doing, PgPhase phase) =>
        error switch
        {
            SideException => null,
            PostgresException postgres => FromServer(postgres, doing, phase),
            OperationCanceledException => null,
            NpgsqlException or SocketException or IOException or TimeoutException => FromDriver(error, doing, phase),
            // The driver says so about a connection that broke while nobody used it.
            InvalidOperationException or ObjectDisposedException when IsClosed(error) => FromDriver(
                error,
                doing,
                phase
            ),
            // Something that is no PostgreSQL answers, or its answers are damaged on the way: the driver fails wherever
            // it happens to be.
            _ when phase == PgPhase.Connecting => NotUnderstood(error, doing, "cannot_connect"),
            _ when error is InvalidDataException || IsFromTheWire(error) => NotUnderstood(
                error,
                doing,
                "connection_lost"
            ),
            _ => null,
        };

    // None of our code is called from within the driver's reading of messages, so what comes out of it is about a
    // message.
    private static bool IsFromTheWire(Exception error) =>
        error.StackTrace is { } trace
        && (
            trace.Contains("Npgsql.Internal.NpgsqlConnector.", StringComparison.Ordinal)
            || trace.Contains("Npgsql.Internal.NpgsqlReadBuffer.", StringComparison.Ordinal)
        );

    private static SideException NotUnderstood(Exception error, string doing, string code) =>
        new(
            ErrorType.Network,
            $"{doing} failed: what the server answers is not understood.",
            "Check host and port, that a PostgreSQL server listens there, and what lies between (a proxy, a tunnel).",
            error
        )
        {
            Code = code,
            IsTransient = true,
        };

    private static bool IsClosed(Exception error) =>
        error is ObjectDisposedException { ObjectName: var name }
            ? name is not null && name.Contains("Npgsql", StringComparison.Ordinal)
            : error.Message.StartsWith("Connection is not open", StringComparison.Ordinal);

    private static SideException FromDriver(Exception error, string doing, PgPhase phase)
    {
        if (error.Message.Contains("No password", StringComparison.Ordinal))
        {
            return new SideException(
                ErrorType.Auth,
                $"{doing} failed: the server wants a password and none is given.",
                "Put the password into `connection`, best as ${NAME} from the environment.",
                error
            )
            {
                Code = "wrong_password",
            };
        }
        var isTimeout = error is TimeoutException || error.InnerException is TimeoutException;
        var type = isTimeout ? ErrorType.Timeout : ErrorType.Network;
        return phase == PgPhase.Connecting
            ? new SideException(
                type,
                $"{doing} failed: {(isTimeout ? "there is no answer." : "nothing can be reached there.")}",
                "Check host, port and TLS settings, and that the server runs and lets this machine in.",
                error
            )
            {
                Code = "cannot_connect",
                IsTransient = true,
            }
            : new SideException(
                type,
                $"{doing} failed: the connection was lost.",
                "It is tried again by itself; if it keeps happening, look at the server's log and the network between.",
                error
            )
            {
                Code = "connection_lost",
                IsTransient = true,
            };
    }

    private static SideException FromServer(PostgresException error, string doing, PgPhase phase)
    {
        var translated = PgErrorTable.Find(error.SqlState, phase);
        // Messages about data repeat the data; they stay out, and so does the exception that holds them.
        var isPrivate =
            error.SqlState.StartsWith("22", StringComparison.Ordinal)
            || error.SqlState is "P0001" or "23505" or "54000";
        var column = error.ColumnName is { } name ? $" (column {name})" : "";
        var constraint = error.ConstraintName is { } rule ? $" (constraint {rule})" : "";
        var detail = isPrivate ? translated.Detail + column + constraint : $"{error.MessageText}{column}";
        return new SideException(
            translated.Type,
            $"{doing} failed: {detail.TrimEnd('.')} [{error.SqlState}].",
            translated.Suggestion,
            isPrivate ? null : error
        )
        {
            Code = translated.Code,
            IsTransient = translated.IsTransient,
            IsRecordFault = translated.IsRecordFault,
        };
    }
}
