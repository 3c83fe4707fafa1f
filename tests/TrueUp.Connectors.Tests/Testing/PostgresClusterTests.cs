using Npgsql;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Testing;

/// <summary>The other tests lean on the cluster, so what they take for granted is tested first.</summary>
public sealed class PostgresClusterTests(PostgresCluster cluster)
{
    [Fact]
    public async Task A_database_is_empty_of_its_own_and_dropped_when_disposed()
    {
        string name;
        await using (TestDatabase database = await cluster.CreateDatabaseAsync())
        await using (TestDatabase other = await cluster.CreateDatabaseAsync())
        {
            name = database.Name;
            await database.ExecuteAsync("CREATE TABLE t (id int, note text); INSERT INTO t VALUES (1, 'a'), (2, NULL)");
            (await database.QueryAsync("SELECT id, note FROM t ORDER BY id")).ShouldBe([
                [1, "a"],
                [2, null],
            ]);
            (await other.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 't'")).ShouldBe(0);
        }

        await using TestDatabase later = await cluster.CreateDatabaseAsync();
        (await later.ScalarAsync<long>($"SELECT count(*) FROM pg_database WHERE datname = '{name}'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("UTF8", null, "UTF8", "i")]
    [InlineData("UTF8", "de-DE", "UTF8", "i")]
    [InlineData("UTF8", "C", "UTF8", "c")]
    [InlineData("LATIN1", null, "LATIN1", "c")]
    public async Task Encoding_and_collation_can_be_chosen(
        string encoding,
        string? collation,
        string expectedEncoding,
        string provider
    )
    {
        DatabaseOptions options = new() { Encoding = encoding, Collation = collation };
        await using TestDatabase database = await cluster.CreateDatabaseAsync(options);

        IReadOnlyList<object?[]> rows = await database.QueryAsync(
            """
            SELECT pg_encoding_to_char(encoding), datlocprovider::text
            FROM pg_database WHERE datname = current_database()
            """
        );

        rows.ShouldBe([
            [expectedEncoding, provider],
        ]);
    }

    [Fact]
    public async Task The_server_wants_the_password_and_decodes_logically()
    {
        await using TestDatabase database = await cluster.CreateDatabaseAsync();
        (await database.ScalarAsync<string>("SHOW wal_level")).ShouldBe("logical");
        (await database.ScalarAsync<string>("SHOW listen_addresses")).ShouldBe("127.0.0.1");

        await using NpgsqlConnection connection = new($"{database.ConnectionString};Password=wrong");
        (await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync())).SqlState.ShouldBe("28P01");
    }

    [Fact]
    public async Task A_paused_server_answers_nothing_until_it_is_resumed_and_a_crashed_one_comes_back()
    {
        await using PostgresCluster own = new();
        await using TestDatabase database = await own.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int); INSERT INTO t VALUES (7)");

        await own.PauseAsync();
        Task<int> answer = database.ScalarAsync<int>("SELECT id FROM t");
        await using NpgsqlConnection impatient = new($"{database.ConnectionString};Timeout=1;Pooling=false");
        await Should.ThrowAsync<NpgsqlException>(() => impatient.OpenAsync());
        answer.IsCompleted.ShouldBeFalse();
        await own.ResumeAsync();
        (await answer).ShouldBe(7);

        await own.RestartAsync(crash: true);
        await using NpgsqlConnection again = new($"{database.ConnectionString};Pooling=false");
        await again.OpenAsync();
        await using NpgsqlCommand command = new("SELECT id FROM t", again);
        (await command.ExecuteScalarAsync()).ShouldBe(7);
    }
}
