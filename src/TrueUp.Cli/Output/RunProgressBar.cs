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
        private string _title = "";

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                var (title, text, share) = Describe(value);
                if (_task is null || !string.Equals(title, _title, StringComparison.Ordinal))
                {
                    _task?.StopTask();
                    _title = title;
                    _task = context.AddTask(Markup.Escape(Screen.Printable(title)), maxValue: 1);
                }
                _task.IsIndeterminate = share is null;
                _task.Value = Math.Min(1, share ?? 0);
                _task.Description = Markup.Escape(Screen.Printable(text));
            }
        }
    }

    /// <summary>A bar for each phase of a run with one unit; one bar over all units otherwise.</summary>
    internal static (string Title, string Text, double? Share) Describe(RunProgress value)
    {
        var errors = value.ErrorsTotal == 0 ? "" : $", {value.ErrorsTotal:N0} set apart";
        if (value.TotalUnits > 1)
        {
            var text =
                $"{value.Phase}: {value.UnitsProcessed:N0} of {value.TotalUnits:N0} units, {value.RecordsProcessed:N0} records{errors}";
            return ("units", text, (double)value.UnitsProcessed / value.TotalUnits);
        }
        double? share = value.Expected is > 0 and var expected ? (double)value.Processed / expected : null;
        var title = value.Unit.Length == 0 ? value.Phase : $"{value.Phase} {value.Unit}";
        return (title, $"{title}: {value.Processed:N0} records{errors}", share);
    }
}
