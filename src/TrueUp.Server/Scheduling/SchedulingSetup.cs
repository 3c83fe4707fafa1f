using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;
using TrueUp.Server.Metrics;
using TrueUp.Store.Database;

namespace TrueUp.Server.Scheduling;

/// <summary>
/// Quartz: when pipelines are due. Its store is the control database's server, or a file of the home.
/// </summary>
internal static class SchedulingSetup
{
    // Each only writes a row.
    private const int FiringsMax = 20;

    public static IServiceCollection AddScheduling(this IServiceCollection services, ServerOptions options)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(options.Clock);
            quartz.UseDefaultThreadPool(FiringsMax);
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "trueup";
                scheduler.MaxBatchSize = FiringsMax;
            });
            quartz.AddTriggerListener<MissedFires>();
            quartz.UsePersistentStore(store => Configure(store, options));
        });
        return services
            .AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true)
            .AddSingleton<INextFires, NextFires>()
            .AddHostedService<ScheduleKeeper>();
    }

    private static void Configure(IPersistentStoreBuilder store, ServerOptions options)
    {
        store.ProvisionSchema();
        if (options.ControlDatabase is { } connection)
        {
            store.UsePostgres(NpgsqlFactory.Instance, ControlConnection.Keywords(connection));
            store.UseClustering();
        }
        else
        {
            var file = Path.Combine(options.Home, "schedule.db");
            store.UseSqlite(
                SqliteFactory.Instance,
                new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString()
            );
        }
    }
}
