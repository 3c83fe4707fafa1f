using Npgsql;
using TrueUp.Digests;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Sessions;

/// <summary>Opens sessions whose output settings are pinned, so that a value always has the same text.</summary>
internal sealed class Server
{
    /// <summary>
    /// Names resolve in the system's schema alone, so no name is shortened by what a user's search path happens to
    /// hold.
    /// </summary>
    public const string SystemPath = "pg_catalog, pg_temp";

    // ASCII, which every encoding can hold.
    private static readonly (string Text, long Seed)[] Samples =
    [
        ("", 0),
        ("(1,,\"a b\")", 42),
        ("longer than the twelve bytes of a block", -1),
        (new string('x', 100), long.MinValue),
    ];

    private readonly NpgsqlConnectionStringBuilder _settings;

    public Server(NpgsqlConnectionStringBuilder settings)
    {
        _settings = settings;
        Name = $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
    }

    /// <summary>Host, port and database, for messages.</summary>
    public string Name { get; }

    /// <summary>Opens a session.</summary>
    /// <param name="userPath">True to resolve names as the user's own sessions do.</param>
    /// <param name="workers">How many further processes the server may give to one query.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="SideException">It cannot be opened.</exception>
    public async ValueTask<Session> OpenAsync(bool userPath, int workers, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return await PinAsync(connection, userPath, workers, cancellationToken);
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            if (PgErrors.Translate(error, $"Connecting to {Name}", PgPhase.Connecting) is { } translated)
            {
                throw translated;
            }

            throw;
        }
    }

    private async ValueTask<Session> PinAsync(
        NpgsqlConnection connection,
        bool userPath,
        int workers,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        // A user of the name trueup would otherwise find, and create, tables in the schema of our own state.
        const string UserPath =
            "(SELECT string_agg(quote_ident(s), ', ') FROM unnest(current_schemas(false)) AS p(s) WHERE s <> 'trueup')";
        var path = userPath ? $"coalesce({UserPath}, '')" : "@path";
        command.CommandText = $"""
            SELECT current_setting('server_version_num')::int, current_setting('server_encoding'),
              (SELECT array_agg(hashtextextended(s COLLATE "C", seed) ORDER BY n)
               FROM unnest(@texts::text[], @seeds::int8[]) WITH ORDINALITY AS u(s, seed, n)),
              row(1, NULL, '', 'a b', 'q"\,'::text)::text,
              set_config('DateStyle', 'ISO, YMD', false), set_config('TimeZone', 'UTC', false),
              set_config('IntervalStyle', 'iso_8601', false), set_config('extra_float_digits', '1', false),
              set_config('bytea_output', 'hex', false), set_config('lc_monetary', 'C', false),
              set_config('xmloption', 'content', false), set_config('jit', 'off', false),
              set_config('synchronize_seqscans', 'off', false), set_config('statement_timeout', '0', false),
              set_config('idle_in_transaction_session_timeout', '0', false),
              set_config('standard_conforming_strings', 'on', false),
              set_config('max_parallel_workers_per_gather', @workers::text, false),
              set_config('parallel_setup_cost', '10', false), set_config('parallel_tuple_cost', '0.001', false),
              set_config('min_parallel_table_scan_size', '1MB', false), set_config('search_path', {path}, false)
            """;
        command.Parameters.AddWithValue("texts", Samples.Select(s => s.Text).ToArray());
        command.Parameters.AddWithValue("seeds", Samples.Select(s => s.Seed).ToArray());
        command.Parameters.AddWithValue("workers", workers);
        if (!userPath)
        {
            command.Parameters.AddWithValue("path", SystemPath);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var version = reader.GetInt32(0);
        var encoding = reader.GetString(1);
        var isAlike =
            version >= 130_000
            && encoding == "UTF8"
            && reader.GetString(3) == "(1,,\"\",\"a b\",\"q\"\"\\\\,\")"
            && reader
                .GetFieldValue<long[]>(2)
                .AsSpan()
                .SequenceEqual([
                    .. Samples.Select(s => TextHash.Compute(System.Text.Encoding.UTF8.GetBytes(s.Text), s.Seed)),
                ]);
        return new Session(connection, version, isAlike, Name);
    }
}
