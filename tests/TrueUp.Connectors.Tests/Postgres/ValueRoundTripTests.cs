using System.Buffers.Binary;
using System.Text;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>For every type: the server's digest is ours, and what is written is what was read.</summary>
public sealed class ValueRoundTripTests(ValueRoundTripTests.Types types) : IClassFixture<ValueRoundTripTests.Types>
{
    private const int Cases = 200;

    private const string Creation = """
        CREATE TYPE mood AS ENUM ('sad', 'ok', 'very happy', 'it''s');
        CREATE DOMAIN positive AS int4 CHECK (VALUE > 0);
        CREATE DOMAIN label AS text;
        CREATE TYPE pair AS (a int4, b text);
        """;

    public static TheoryData<string, LogicalKind> Kinds =>
        new()
        {
            { "bool", LogicalKind.Bool },
            { "int2", LogicalKind.Int16 },
            { "int4", LogicalKind.Int32 },
            { "int8", LogicalKind.Int64 },
            { "float4", LogicalKind.Float32 },
            { "float8", LogicalKind.Float64 },
            { "numeric", LogicalKind.Decimal },
            { "numeric(12,3)", LogicalKind.Decimal },
            { "text", LogicalKind.Text },
            { "varchar(40)", LogicalKind.Text },
            { "bpchar(10)", LogicalKind.Text },
            { "name", LogicalKind.Text },
            { "bytea", LogicalKind.Bytes },
            { "date", LogicalKind.Date },
            { "time", LogicalKind.Time },
            { "timestamp", LogicalKind.Timestamp },
            { "timestamptz", LogicalKind.TimestampTz },
            { "interval", LogicalKind.Interval },
            { "uuid", LogicalKind.Uuid },
            { "json", LogicalKind.Json },
            { "jsonb", LogicalKind.Json },
            { "positive", LogicalKind.Int32 },
            { "label", LogicalKind.Text },
            { "mood", LogicalKind.Raw },
            { "int4[]", LogicalKind.Raw },
            { "text[]", LogicalKind.Raw },
            { "mood[]", LogicalKind.Raw },
            { "pair", LogicalKind.Raw },
            { "timetz", LogicalKind.Raw },
            { "inet", LogicalKind.Raw },
            { "cidr", LogicalKind.Raw },
            { "macaddr", LogicalKind.Raw },
            { "money", LogicalKind.Raw },
            { "int4range", LogicalKind.Raw },
            { "tsrange", LogicalKind.Raw },
            { "xml", LogicalKind.Raw },
            { "tsvector", LogicalKind.Raw },
            { "bit(5)", LogicalKind.Raw },
            { "varbit", LogicalKind.Raw },
            { "point", LogicalKind.Raw },
            { "pg_lsn", LogicalKind.Raw },
            { "\"char\"", LogicalKind.Raw },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Values_are_digested_alike_and_come_back_as_they_were(string type, LogicalKind kind)
    {
        var database = types.Database;
        var values = GeneratedValues.Of(type, Cases);
        await FillAsync(database, type, values);
        await using var source = PostgresFixture.Source(database, "table", "source");
        var schema = await source.DescribeAsync(default);
        schema.Columns[1].Type.Kind.ShouldBe(kind);
        var plan = PostgresFixture.PlanOf(schema);
        await using var rows = await source.OpenAsync(plan, default);
        (await CompareHashesAsync(rows, plan, values)).ShouldBe(values.Count + 1);

        foreach (var (table, intoEmpty) in ((string, bool)[])[("copied", true), ("inserted", false)])
        {
            await WriteAsync(database, table, plan, rows, intoEmpty);
        }

        foreach (var table in (string[])["copied", "inserted"])
        {
            await using var target = PostgresFixture.Target(database, table);
            var written = (await target.DescribeAsync(default))!;
            written.Columns.Select(c => c.Type).ShouldBe(schema.Columns.Select(c => c.Type));
            schema.Columns.Zip(written.Columns).ShouldAllBe(p => target.CanHold(p.Second, p.First.Type));
            await using var back = await target.OpenAsync(plan, default);
            (await back.AllAsync()).ShouldBe(await rows.AllAsync());
            (await back.DigestAsync(Partitioning.ByBuckets(16), 5, default)).ShouldBe(
                await rows.DigestAsync(Partitioning.ByBuckets(16), 5, default)
            );
        }
    }

    /// <summary>Any value can be given as text, and that text is read as a value again.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_text_of_a_value_is_given_and_digested_as_text(string type, LogicalKind kind)
    {
        var database = types.Database;
        var values = GeneratedValues.Of(type, Cases);
        await FillAsync(database, type, values);
        await using var source = PostgresFixture.Source(database, "table", "source");
        var schema = await source.DescribeAsync(default);
        source.CanGive(schema.Columns[1], LogicalType.Text).ShouldBeTrue();
        RowPlan plan = new([new("id", "id", LogicalType.Int64), new("v", "v", LogicalType.Text)], [0]);
        await using var rows = await source.OpenAsync(plan, default);
        (await CompareHashesAsync(rows, plan, values)).ShouldBe(values.Count + 1);

        if (kind is LogicalKind.Text or LogicalKind.Raw or LogicalKind.Json)
        {
            return;
        }

        var codec = TypeCodec.For(schema.Columns[1].Type);
        await foreach (var batch in rows.ReadAsync(PartSelection.Everything, null, default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (FieldReader.At(batch.Row(i), 1, out var text))
                    {
                        codec
                            .TryParse(text, new System.Buffers.ArrayBufferWriter<byte>())
                            .ShouldBeTrue(Encoding.UTF8.GetString(text));
                    }
                }
            }
        }
    }

    private static async Task FillAsync(TestDatabase database, string type, List<string> values)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS public.source, public.copied, public.inserted");
        await database.ExecuteAsync($"CREATE TABLE public.source (id int8 PRIMARY KEY, v {type})");
        await using var connection = await database.OpenAsync();
        await using Npgsql.NpgsqlCommand command = new(
            $"INSERT INTO public.source SELECT n, v::{type} FROM unnest($1) WITH ORDINALITY AS u(v, n) UNION ALL SELECT 0, NULL",
            connection
        );
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = values.ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int> CompareHashesAsync(IRowSet rows, RowPlan plan, List<string> values)
    {
        const long Seed = 0x5EED;
        Dictionary<long, long> hashes = [];
        await foreach (var batch in rows.ReadKeysAsync(PartSelection.Everything, Seed, default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    hashes[Number(batch.Row(i), 0)] = Number(batch.Row(i), 1);
                }
            }
        }
        RowHasher hasher = new(plan.Schema);
        var count = 0;
        await foreach (var batch in rows.ReadAsync(PartSelection.Everything, null, default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var id = Number(batch.Row(i), 0);
                    hasher.HashRow(batch.Row(i), Seed).ShouldBe(hashes[id], id == 0 ? "null" : values[(int)id - 1]);
                    count++;
                }
            }
        }
        return count;
    }

    private static long Number(ReadOnlySpan<byte> row, int ordinal)
    {
        FieldReader.At(row, ordinal, out var value);
        return BinaryPrimitives.ReadInt64BigEndian(value);
    }

    private static async Task WriteAsync(
        TestDatabase database,
        string table,
        RowPlan plan,
        IRowSet rows,
        bool intoEmpty
    )
    {
        await using var target = PostgresFixture.Target(database, table);
        foreach (var column in plan.Columns)
        {
            (await target.CarrierForNewAsync(column.Carrier, default)).ShouldBe(column.Carrier);
        }

        await target.PrepareAsync(plan, create: true, [], default);
        await using var writer = await target.BeginAsync("p", "r", null, plan, default);
        await foreach (var batch in rows.ReadAsync(PartSelection.Everything, null, default))
        {
            using (batch)
            {
                (
                    await writer.ApplyAsync(
                        new ChangeBatch(ChangeKind.Create, batch, default, 0) { IntoEmpty = intoEmpty },
                        default
                    )
                ).ShouldBeEmpty();
            }
        }
    }

    /// <summary>A database with the types, for all cases one after the other.</summary>
    public sealed class Types(PostgresCluster cluster) : IAsyncLifetime
    {
        internal TestDatabase Database { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Database = await cluster.CreateDatabaseAsync();
            await Database.ExecuteAsync(Creation);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
