using TrueUp.Bench.Benchmarks;

namespace TrueUp.Bench.Measuring;

/// <summary>
/// The data sets of the benchmarks, made once under <c>artifacts/bench</c>, and a PostgreSQL of their own.
/// </summary>
internal sealed class Workspace : IAsyncDisposable
{
    private Workspace(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>The database's URL; set once PostgreSQL runs.</summary>
    public string Url { get; private set; } = "";

    public static Workspace Open()
    {
        var folder = Path.Combine(ResultFiles.Root, "artifacts", "bench");
        Directory.CreateDirectory(folder);
        return new Workspace(folder);
    }

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// Starts PostgreSQL with the settings of a server that is used for such work; durable, as both sides of a ratio
    /// are.
    /// </summary>
    public async Task StartPostgresAsync(CancellationToken cancellationToken)
    {
        var script = Path.Combine(ResultFiles.Root, "eng", "postgres");
        Url = (await Shell.BashAsync($"{script} start {At("pg")}", cancellationToken)).Output.Trim();
        await Shell.BashAsync(
            $"psql -qX '{Url}' -c \"alter system set shared_buffers='1GB'\" -c \"alter system set max_wal_size='8GB'\" -c \"alter system set maintenance_work_mem='512MB'\" "
                + "-c \"alter system set fsync=on\" -c \"alter system set synchronous_commit=on\" -c \"alter system set full_page_writes=on\" "
                + "-c \"alter system set max_parallel_maintenance_workers=2\"",
            cancellationToken
        );
        await Shell.BashAsync($"{script} stop {At("pg")}", cancellationToken);
        Url = (await Shell.BashAsync($"{script} start {At("pg")}", cancellationToken)).Output.Trim();
    }

    /// <summary>A database with pgbench_accounts of so many rows (whole hundred thousands).</summary>
    public async Task<string> AccountsAsync(long rows, CancellationToken cancellationToken)
    {
        var name = $"accounts_{rows}";
        var url = Url.Replace("/postgres", $"/{name}", StringComparison.Ordinal);
        var there = (
            await Shell.BashAsync(
                $"psql -qXAt '{Url}' -c \"select 1 from pg_database where datname = '{name}'\"",
                cancellationToken
            )
        ).Output.Trim();
        if (there.Length == 0)
        {
            await Shell.BashAsync(
                $"psql -qX '{Url}' -c 'create database {name}' && $({Path.Combine(ResultFiles.Root, "eng", "postgres")} bin)/pgbench -q -i -s {rows / 100_000} '{url}' && psql -qX '{url}' -c 'vacuum freeze analyze pgbench_accounts' -c checkpoint",
                cancellationToken
            );
        }
        return url;
    }

    /// <summary>The accounts as a CSV file with a header.</summary>
    public async Task<string> AccountsCsvAsync(long rows, CancellationToken cancellationToken)
    {
        var file = At($"accounts_{rows}.csv");
        if (!File.Exists(file))
        {
            var url = await AccountsAsync(rows, cancellationToken);
            await Shell.BashAsync(
                $"psql -qX '{url}' -c \"\\copy (select aid, bid, abalance, filler from pgbench_accounts order by aid) to '{file}.tmp' csv header\" && mv '{file}.tmp' '{file}'",
                cancellationToken
            );
        }
        return file;
    }

    /// <summary>Runs a pipeline in a new home and returns seconds and peak memory.</summary>
    public async Task<(double Seconds, double Peak, string Output)> RunAsync(
        string yaml,
        CancellationToken cancellationToken,
        bool keepHome = false
    )
    {
        var file = At("pipeline.yaml");
        await File.WriteAllTextAsync(file, yaml, cancellationToken);
        var home = At("home");
        if (!keepHome && Directory.Exists(home))
        {
            Directory.Delete(home, recursive: true);
        }
        return await Shell.TrueUpAsync(["run", file, "--json", "--home", home], cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Url.Length > 0)
        {
            await Shell.BashAsync(
                $"{Path.Combine(ResultFiles.Root, "eng", "postgres")} stop {At("pg")}",
                CancellationToken.None
            );
        }
    }
}
