using Spectre.Console;
using TrueUp.Runs;

namespace TrueUp.Cli.Output;

/// <summary>Shows how far a run is: a bar on a terminal, nothing elsewhere.</summary>
internal static class RunProgressBar
{
    /// <summary>Does the work with a bar where there is somebody to see it.</summary>
    /// <param name="screen">Where the bar goes.</param>
    /// <param name="work">The work; told where to report to.</param>
    public static Task<T> WithAsync<T>(Screen screen, Func<IProgress<RunProgress>?, Task<T>> work)
    {
        if (!screen.IsTerminal || screen.IsJson || screen.IsQuiet)
        {
            return work(null);
        }
        return screen
            .Ansi()
            .Progress()
            .AutoClear(enabled: true)
            .HideCompleted(enabled: false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn()
            )
            .StartAsync(context => work(new Reporter(context)));
    }

    private sealed class Reporter(ProgressContext context) : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();
        private ProgressTask? _task;
        private string _phase = "";

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                var phase = value.Unit.Length == 0 ? value.Phase : $"{value.Phase} {value.Unit}";
                if (_task is null || phase != _phase)
                {
                    _task?.StopTask();
                    _phase = phase;
                    _task = context.AddTask(Markup.Escape(Screen.Printable(phase)), maxValue: 1);
                }
                _task.IsIndeterminate = value.Expected is null or 0;
                _task.Value = value.Expected is { } expected and > 0
                    ? Math.Min(1, (double)value.Processed / expected)
                    : 0;
                var errors = value.Errors == 0 ? "" : $", {value.Errors:N0} set apart";
                _task.Description = Markup.Escape(Screen.Printable($"{phase}: {value.Processed:N0} records{errors}"));
            }
        }
    }
}
