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
    private const int TurnsPerMinute = 600;

    /// <summary>Sets up the limits.</summary>
    public static void Configure(RateLimiterOptions options, SettingsBoard settings)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            PartitionOf(context, settings.Current.Limits.RequestsPerMinute)
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

    private static RateLimitPartition<string> PartitionOf(HttpContext context, int perMinute)
    {
        var caller = Caller.Of(context.User);
        var who = caller == Caller.Nobody ? LockOut.AddressOf(context.Connection.RemoteIpAddress) : caller.Name;
        // A changed limit makes a new bucket.
        var key = $"{who} {perMinute}";
        return perMinute == 0
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(perMinute));
    }

    /// <summary>A minute's requests may come at once; then they come as fast as the limit says.</summary>
    private static TokenBucketRateLimiterOptions Bucket(int perMinute) =>
        new()
        {
            TokenLimit = perMinute,
            TokensPerPeriod = TokensOf(perMinute),
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)TokensOf(perMinute) / perMinute),
            QueueLimit = WaitingMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };

    // Whole tokens, however many a minute there are; the time between makes up for what rounding takes.
    private static int TokensOf(int perMinute) => (perMinute + TurnsPerMinute - 1) / TurnsPerMinute;
}
