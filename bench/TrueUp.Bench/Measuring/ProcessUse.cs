using System.Globalization;

namespace TrueUp.Bench.Measuring;

/// <summary>What a process has used so far, as the kernel says.</summary>
/// <param name="ResidentMegabytes">Its resident size.</param>
/// <param name="PeakMegabytes">The largest it had.</param>
/// <param name="CpuSeconds">Time on processors, of the program and of the kernel for it.</param>
internal sealed record ProcessUse(double ResidentMegabytes, double PeakMegabytes, double CpuSeconds)
{
    private const double TicksPerSecond = 100;

    /// <summary>Of a process that is alive.</summary>
    public static ProcessUse Of(int processId)
    {
        var status = File.ReadAllLines($"/proc/{processId}/status");
        // The name in brackets may hold blanks; what follows it is numbered from the third field on.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessUse(
            Megabytes(status, "VmRSS:"),
            Megabytes(status, "VmHWM:"),
            (Number(fields[11]) + Number(fields[12])) / TicksPerSecond
        );
    }

    private static double Megabytes(string[] status, string name) =>
        Number(
            status
                .First(line => line.StartsWith(name, StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]
        ) / 1024;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
