namespace TrueUp.Bench.Faults;

/// <summary>A CSV file.</summary>
internal sealed class CsvSource(string path) : IFaultSource
{
    public string Yaml => $"{{type: csv, path: {path}}}";

    public Task WriteAsync(Truth truth, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, truth.Csv(), cancellationToken);
}
