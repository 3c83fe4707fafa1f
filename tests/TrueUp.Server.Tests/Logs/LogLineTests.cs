using System.Text.Json;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Logs;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Tests.Logs;

public sealed class LogLineTests
{
    [Fact]
    public async Task A_line_is_one_object_with_the_values_of_message_and_scopes()
    {
        await using var bench = new LogBench();
        using (bench.Logger.BeginScope(new Dictionary<string, object?> { ["RunId"] = "01R", ["Pipeline"] = "sellers" }))
        using (bench.Logger.BeginScope("{Table}", "public.sellers"))
        {
            bench.Logger.Log(
                LogLevel.Information,
                new EventId(1234),
                "Wrote {BatchSize} rows in {ProcessingTimeMs} ms ({Operation})",
                500,
                12.5,
                "update"
            );
        }

        bench.Text.ShouldBe(
            """
            {"timestamp":"2026-03-01T12:00:00.000Z","level":"INFO","logger":"TrueUp.Tests","message":"Wrote 500 rows in 12.5 ms (update)","event_id":1234,"run_id":"01R","pipeline":"sellers","context":{"table":"public.sellers","batch_size":500,"processing_time_ms":12.5,"operation":"update"}}

            """
        );
    }

    [Theory]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Information, "INFO")]
    [InlineData(LogLevel.Warning, "WARNING")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Critical, "CRITICAL")]
    public async Task Levels_have_the_names_that_others_search_for(LogLevel level, string name)
    {
        await using var bench = new LogBench(new LogSettings { Level = LogLevel.Trace });

        bench.Logger.Log(level, "x");

        bench.Text.ShouldContain($"\"level\":\"{name}\"");
    }

    [Fact]
    public async Task A_line_feed_in_a_message_begins_no_new_line()
    {
        await using var bench = new LogBench();

        bench.Logger.LogInformation("one\ntwo {Detail}", "three\r\nfour");

        bench.Text.TrimEnd('\n').ShouldNotContain('\n');
        JsonDocument
            .Parse(bench.Text)
            .RootElement.GetProperty("message")
            .GetString()
            .ShouldBe("one\ntwo three\r\nfour");
    }

    [Fact]
    public async Task Secrets_and_personal_data_are_hidden_in_message_scope_and_exception()
    {
        await using var bench = new LogBench();
        using (bench.Logger.BeginScope(new Dictionary<string, object?> { ["Actor"] = "jane.doe@example.org" }))
        {
            bench.Logger.LogError(
                new InvalidOperationException("refused: Authorization: Bearer abcdef0123456789"),
                "Cannot connect with {Connection} as {Password}",
                "Host=db;Password=s3cret one;Username=app",
                "hunter2"
            );
        }

        var all = bench.Text + bench.Console;
        foreach (var secret in (string[])["s3cret", "hunter2", "jane.doe", "abcdef0123456789"])
        {
            all.ShouldNotContain(secret);
        }
        var line = JsonDocument.Parse(bench.Text).RootElement;
        line.GetProperty("context").GetProperty("connection").GetString().ShouldBe("Host=db;Password=***;Username=app");
        line.GetProperty("context").GetProperty("password").GetString().ShouldBe("***");
        line.GetProperty("context").GetProperty("actor").GetString().ShouldBe("[email]");
        line.GetProperty("error").GetProperty("type").GetString().ShouldBe("System.InvalidOperationException");
        line.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("***");
    }

    [Fact]
    public async Task The_level_changes_while_the_server_runs()
    {
        await using var bench = new LogBench();
        bench.Logger.LogDebug("before");
        bench.Category("Microsoft.Hosting").LogInformation("framework before");

        bench.Change(log => log with { Level = LogLevel.Debug });
        bench.Logger.LogDebug("after");
        bench.Category("Microsoft.Hosting").LogInformation("framework after");
        bench.Change(log => log with { Level = LogLevel.Error });
        bench.Logger.LogWarning("later");

        bench.Text.ShouldNotContain("before");
        bench.Text.ShouldContain("\"after\"");
        bench.Text.ShouldContain("framework after");
        bench.Text.ShouldNotContain("later");
    }

    [Fact]
    public async Task The_console_shows_short_lines()
    {
        await using var bench = new LogBench();

        bench.Logger.LogInformation("Run {RunId} started", "01R");
        bench.Logger.LogWarning(new IOException("disk\nfull"), "Slow");

        bench
            .Console.ToString()
            .ReplaceLineEndings("\n")
            .ShouldBe("12:00:00 Run 01R started\n12:00:00 warning: Slow (IOException: disk full)\n");
    }

    [Fact]
    public async Task Colours_stand_only_where_they_are_asked_for()
    {
        await using var bench = new LogBench(style: ConsoleStyle.Colored);

        bench.Logger.LogError("no");

        bench.Console.ToString().ShouldBe($"12:00:00 \e[31merror: \e[0mno{Environment.NewLine}");
    }

    [Fact]
    public async Task The_console_shows_the_lines_of_the_file_for_machines()
    {
        await using var bench = new LogBench(style: ConsoleStyle.Json);

        bench.Logger.LogError("no");

        bench.Console.ToString().Trim().ShouldBe(bench.Text.Trim());
    }

    [Fact]
    public async Task A_scope_with_thousands_of_values_is_cut_off()
    {
        await using var bench = new LogBench();
        using (bench.Logger.BeginScope(Enumerable.Range(0, 5000).ToDictionary(i => $"v{i}", i => (object?)i)))
        {
            bench.Logger.LogInformation("x");
        }

        JsonDocument.Parse(bench.Text).RootElement.GetProperty("context").EnumerateObject().Count().ShouldBe(50);
    }
}
