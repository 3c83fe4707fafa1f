using Microsoft.Extensions.DependencyInjection;

namespace TrueUp.Server.Housekeeping;

/// <summary>Retention, and summaries that are kept fresh.</summary>
internal static class HousekeepingSetup
{
    public static IServiceCollection AddHousekeeping(this IServiceCollection services) =>
        services.AddHostedService<Housekeeper>();
}
