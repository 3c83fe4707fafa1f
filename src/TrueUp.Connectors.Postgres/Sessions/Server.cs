using System.Collections.Concurrent;
using Npgsql;
using TrueUp.Digests;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Sessions;

/// <summary>
/// Opens sessions whose output settings are pinned, so that a value always has the same text. Connections that are
/// given back are used again: opening one costs the server a process and both sides a password's proof.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    /// <summary>
    /// Names resolve in the system's schema alone, so no name is shortened by what a user's search path happens to
    /// hold.
    /// </summary>
    public const string SystemPath = "pg_catalog, pg_temp";

    private static readonly TimeSpan ReturnPatience = TimeSpan.FromSeconds(2);

    // ASCII, which every encoding can hold.
    private static readonly (string Text, long Seed)[] Samples =
    [
        ("", 0),
        ("(1,,\"a b\")", 42),
        ("longer than the twelve bytes of a block", -1),
        (new string('x', 100), long.MinValue),
    ];

    // Of the other functions that hash a row, as this process computes them.
    private static readonly long[] Known =
    [
        IntegerHash.Compute(-7, 42),
        IntegerHash.Compute(-7, -1),
        IntegerHash.Compute(-4294967297L, 0),
        TextHash.Compute(Convert.FromHexString("0198c2d47f3a7c11a0b19d5f0e6a7b8c"), 42),
        TextHash.Compute("ab"u8, 42),
    ];

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly ConcurrentBag<NpgsqlConnection> _idle = [];
    private bool _isClosed;

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
        if (await ReuseAsync(userPath, workers, cancellationToken) is { } reused)
        {
            return reused;
        }

        var connection = new NpgsqlConnection(_settings.ConnectionString);
        try
        {
            await ConnectAsync(connection, cancellationToken);
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

    /// <summary>Uses a session that resolves names as the user's own do, and takes it back.</summary>
    public async ValueTask<T> UseAsync<T>(Func<Session, ValueTask<T>> use, CancellationToken cancellationToken)
    {
        var session = await OpenAsync(userPath: true, workers: 0, cancellationToken);
        T result;
        try
        {
            result = await use(session);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
        await ReturnAsync(session);
        return result;
    }

    /// <summary>
    /// Takes back a session whose last statement ended well; a transaction left open is rolled back. It ends also where
    /// the server stands still: then the session is left to itself, and closed when the server answers or its
    /// connection breaks.
    /// </summary>
    public async ValueTask ReturnAsync(Session session)
    {
        var settled = SettleAsync(session);
        try
        {
            await settled.WaitAsync(ReturnPatience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // Nobody waits for its answer.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        while (_idle.TryTake(out var connection))
        {
            await connection.DisposeAsync();
        }
    }

    // Once the driver has reached something it does not stop waiting for its answer before its own timeout.
    private static async ValueTask ConnectAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var opening = connection.OpenAsync(cancellationToken);
        try
        {
            await opening.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = DiscardAsync(opening, connection);
            throw;
        }
    }

    private static async Task DiscardAsync(Task opening, NpgsqlConnection connection)
    {
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync();
    }

    private async Task SettleAsync(Session session)
    {
        try
        {
            await session.ExecuteAsync("ROLLBACK", [], CancellationToken.None);
            if (!_isClosed)
            {
                _idle.Add(session.Connection);
                return;
            }
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException or IOException)
        {
            // It broke after its last use, so nobody missed anything; it is just not used again.
        }
        await session.DisposeAsync();
    }

    // A connection may have been cut while it was idle; then a new one says what is wrong, or works.
    private async ValueTask<Session?> ReuseAsync(bool userPath, int workers, CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var connection))
        {
            try
            {
                await using (var command = new NpgsqlCommand("DISCARD ALL", connection))
                {
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }
                return await PinAsync(connection, userPath, workers, cancellationToken);
            }
            catch (Exception error) when (error is NpgsqlException or InvalidOperationException or IOException)
            {
                await connection.DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                await connection.DisposeAsync();
                throw;
            }
        }
        return null;
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
              ARRAY[hashint4extended(-7, 42), hashint2extended(-7::int2, -1), hashint8extended(-4294967297, hashint4extended((-4294967297 >> 32)::int4, 0)),
                uuid_hash_extended('0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8c', 42), hashbpcharextended('ab  '::bpchar COLLATE "C", 42)],
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
            && reader.GetFieldValue<long[]>(3).AsSpan().SequenceEqual(Known)
            && reader
                .GetFieldValue<long[]>(2)
                .AsSpan()
                .SequenceEqual([
                    .. Samples.Select(s => TextHash.Compute(System.Text.Encoding.UTF8.GetBytes(s.Text), s.Seed)),
                ]);
        return new Session(connection, version, isAlike, Name);
    }
}
