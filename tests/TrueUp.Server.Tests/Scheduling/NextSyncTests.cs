using Microsoft.Data.Sqlite;
using TrueUp.Server.Queue;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Tests.Scheduling;

/// <summary>What the control database says of schedules, for whoever reads it with SQL.</summary>
public sealed class NextSyncTests
{
    [Theory]
    [InlineData("", "900s", 15)]
    [InlineData("intervals: {rows: 60}", "3600s", 60)]
    public async Task The_status_says_how_often_a_pipeline_runs_and_when_next(
        string settings,
        string frequency,
        int minutes
    )
    {
        await using var memory = await MemoryServer.StartAsync("schedule: {every: 15m}", settings: settings);
        IReadOnlyList<Job> jobs = [];
        await memory.UntilAsync(
            async () => (jobs = await memory.JobsAsync()) is [{ State: JobState.Completed }],
            Dispatcher.Pace
        );

        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(memory.Server.HomeFolder, "trueup.db")};Mode=ReadOnly;Pooling=False"
        );
        await connection.OpenAsync(memory.Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT sync_frequency, next_sync FROM sync_status WHERE entity_type = 'rows'";
        await using var row = await command.ExecuteReaderAsync(memory.Cancel);
        (await row.ReadAsync(memory.Cancel)).ShouldBeTrue();
        row.GetString(0).ShouldBe(frequency);
        var next = DateTimeOffset.Parse(row.GetString(1), System.Globalization.CultureInfo.InvariantCulture);
        (next - jobs[0].EnqueuedAt).ShouldBe(TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(30));
    }
}
