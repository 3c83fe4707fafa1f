namespace TrueUp.Bench.Faults;

/// <summary>A pipeline from one store to another, in a home of its own.</summary>
internal sealed class Route(string name, string folder, IFaultSource source, IFaultTarget target)
{
    public const string CsvToSqlite = "csv-sqlite";
    public const string CsvToPostgres = "csv-postgres";
    public const string PostgresToPostgres = "postgres-postgres";

    private string _home = "home";

    public string Name => name;

    public IFaultSource Source => source;

    public IFaultTarget Target => target;

    /// <summary>The pipeline file.</summary>
    public string File => Path.Combine(folder, $"{name}.yaml");

    /// <summary>Writes the pipeline file. Retries are short, and a source may shrink as it likes.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        System.IO.File.WriteAllTextAsync(
            File,
            $"name: fault\nsource: {source.Yaml}\ntarget: {target.Yaml}\nkey: id\nmode: mirror\nmax_deletes: 100%\nretry: {{attempts: 2, initial: 100ms, max: 1s}}\n",
            cancellationToken
        );

    /// <summary>Starts <c>trueup run</c>.</summary>
    public TrueUpProcess Start() => Start("run", File);

    /// <summary>The same pipeline as another machine would run it: with a home of its own.</summary>
    public Route Elsewhere() => new(name, folder, source, target) { _home = "elsewhere" };

    /// <summary>Runs a command to its end.</summary>
    public async Task<RunEnd> RunAsync(
        FaultSettings settings,
        CancellationToken cancellationToken,
        string command = "run"
    )
    {
        using var process = Start(command, File);
        return await process.EndAsync(settings.Limit, cancellationToken);
    }

    /// <summary>Checks the last receipt.</summary>
    public async Task<RunEnd> CheckReceiptAsync(FaultSettings settings, CancellationToken cancellationToken)
    {
        using var process = Start("receipt", "check", "last");
        return await process.EndAsync(settings.Limit, cancellationToken);
    }

    private TrueUpProcess Start(params string[] arguments) =>
        TrueUpProcess.Start(Path.Combine(folder, $"{name}-{_home}"), arguments);
}
