using TrueUp.Testing.Conformance;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>A server that stands still: connections stay open and nothing answers.</summary>
public sealed class StandstillTests : IAsyncLifetime
{
    private readonly PostgresCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task What_was_opened_can_be_closed_while_the_server_stands_still()
    {
        await using var database = await _cluster.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE public.t (a int PRIMARY KEY); INSERT INTO public.t VALUES (1)");
        var source = PostgresFixture.Source(database, "table", "public.t");
        var plan = PostgresFixture.PlanOf(await source.DescribeAsync(default));
        var rows = await source.OpenAsync(plan, default);
        (await rows.AllAsync()).Count.ShouldBe(1);
        await _cluster.PauseAsync();
        try
        {
            // Far more than it takes, and the end of a test that would otherwise have none.
            await rows.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            await source.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            await _cluster.ResumeAsync();
        }
    }
}
