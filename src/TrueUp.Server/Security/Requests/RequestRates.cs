using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Security.Requests;

/// <summary>
/// How much one caller may ask. Those who ask a little too fast wait for their turn; those who send more than can wait
/// are refused with 429.
/// </summary>
internal static class RequestRates
{
    /// <summary>The policy of endpoints that hash a password, which takes a processor a tenth of a second.</summary>
    public const string Passwords = "passwords";

    private const int PasswordsAtOnce = 2;
    private const int PasswordsWaiting = 20;
    private const int WaitingMax = 200;
    private const int TurnsPerSecond = 20;
    private const int AnonymousPerSecondMax = 100;

    /// <summary>Sets up the limits.</summary>
    public static void Configure(RateLimiterOptions options, SettingsBoard settings)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            PartitionOf(context, settings.Current.Limits)
        );
        options.AddConcurrencyLimiter(
            Passwords,
            limit => (limit.PermitLimit, limit.QueueLimit) = (PasswordsAtOnce, PasswordsWaiting)
        );
        options.OnRejected = static (rejected, _) =>
            new ValueTask(
                Refusal
                    .TooMany(rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null)
                    .WriteAsync(rejected.HttpContext)
            );
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context, LimitSettings limits)
    {
        var caller = Caller.Of(context.User);
        return caller == Caller.Nobody
            ? Bucket(
                $"from {LockOut.AddressOf(context.Connection.RemoteIpAddress)}",
                Math.Min(AnonymousPerSecondMax, PerSecond(limits))
            )
            : Bucket(caller.Name, PerSecond(limits));
    }

    private static int PerSecond(LimitSettings limits) =>
        limits.RequestsPerMinute == 0 ? int.MaxValue : Math.Max(1, limits.RequestsPerMinute / 60);

    private static RateLimitPartition<string> Bucket(string who, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(
            // A changed rate makes a new bucket.
            $"{who} {perSecond}",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond,
                TokensPerPeriod = Math.Max(1, perSecond / TurnsPerSecond),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1.0 / TurnsPerSecond, 1.0 / perSecond)),
                QueueLimit = WaitingMax,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
}
