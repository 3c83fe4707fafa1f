using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Server.Settings.Watching;
using TrueUp.Sides;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Settings;

public sealed class ReloaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_file_systems_word_brings_a_look_at_once()
    {
        var token = TestContext.Current.CancellationToken;
        var looks = new Looks(_folder.Path);
        // The poll never comes: its clock stands still.
        using var reloader = new Reloader([looks], new Testing.StandingClock(), NullLogger<Reloader>.Instance);
        await reloader.StartAsync(token);
        (await looks.Seen.Reader.ReadAsync(token)).ShouldBeTrue("The first look is thorough.");

        // The watching begins some time after the start, so the word is given until it is heard.
        var heard = looks.Seen.Reader.ReadAsync(token).AsTask();
        for (var i = 0; !heard.IsCompleted; i++)
        {
            _folder.Write("a.yaml", $"{i}");
            await Task.WhenAny(heard, Task.Delay(20, token));
        }

        (await heard).ShouldBeFalse();
        await reloader.StopAsync(token);
    }

    [Fact]
    public async Task Without_a_word_of_the_file_system_there_is_a_look_every_second_and_now_and_then_a_thorough_one()
    {
        var token = TestContext.Current.CancellationToken;
        var looks = new Looks(_folder.File("missing"));
        var clock = new Testing.StandingClock();
        using var reloader = new Reloader([looks], clock, NullLogger<Reloader>.Instance);
        await reloader.StartAsync(token);
        await looks.Seen.Reader.ReadAsync(token);

        var thorough = new List<bool>();
        for (var i = 0; i < Reloader.ThoroughEvery * 2; i++)
        {
            (await clock.NextAsync(token)).ShouldBe(Reloader.Pause);
            thorough.Add(await looks.Seen.Reader.ReadAsync(token));
        }

        thorough.Count(t => t).ShouldBe(2);
        looks.IsMoving = true;
        await clock.NextAsync(token);
        await looks.Seen.Reader.ReadAsync(token);
        (await clock.NextAsync(token)).ShouldBe(Reloader.ShortPause);
        await reloader.StopAsync(token);
    }

    [Fact]
    public async Task A_control_database_that_is_away_ends_nothing()
    {
        var looks = new Looks(_folder.Path)
        {
            Error = new SideException(ErrorType.Database, "away", "wait") { Code = "audit_unavailable" },
        };
        var others = new Looks(_folder.Path);
        using var reloader = new Reloader([looks, others], TimeProvider.System, NullLogger<Reloader>.Instance);

        (await reloader.LookAsync(thorough: false, CancellationToken.None)).ShouldBeFalse();

        others.Seen.Reader.Count.ShouldBe(1);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Looks(string folder) : IReloadable
    {
        public Channel<bool> Seen { get; } = Channel.CreateUnbounded<bool>();

        public bool IsMoving { get; set; }

        public SideException? Error { get; init; }

        public string Folder => folder;

        public string Pattern => "*.yaml";

        public ValueTask<bool> LookAsync(bool thorough, CancellationToken cancellationToken)
        {
            Seen.Writer.TryWrite(thorough);
            return Error is null ? ValueTask.FromResult(IsMoving) : throw Error;
        }
    }
}
