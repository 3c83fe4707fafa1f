using Npgsql;

namespace TrueUp.Bench.Faults;

/// <summary>A table of PostgreSQL.</summary>
/// <param name="url">Where we write it.</param>
/// <param name="seenAs">Where TrueUp reads it, which may be a proxy.</param>
internal sealed class PostgresSource(PostgresAddress url, PostgresAddress seenAs) : IFaultSource
{
    public string Yaml => $"{{type: postgres, connection: '{seenAs.Url}', table: public.source_items}}";

    public async Task WriteAsync(Truth truth, CancellationToken cancellationToken)
    {
        await using var connection = await url.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (
            var create = new NpgsqlCommand(
                "CREATE TABLE IF NOT EXISTS public.source_items (id int PRIMARY KEY, version int NOT NULL, name text NOT NULL, amount int8 NOT NULL); DELETE FROM public.source_items",
                connection
            )
        )
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        await using (
            var copy = await connection.BeginTextImportAsync(
                "COPY public.source_items FROM STDIN (FORMAT csv, HEADER)",
                cancellationToken
            )
        )
        {
            await copy.WriteAsync(truth.Csv().AsMemory(), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
