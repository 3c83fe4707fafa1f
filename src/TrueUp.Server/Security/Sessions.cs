using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using TrueUp.Server.Security.Requests;
using TrueUp.Server.Settings;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Access;

namespace TrueUp.Server.Security;

/// <summary>
/// People who logged in. The cookie names the user and carries their session stamp; each request compares it with the
/// control database, so that a logout, a new password, another role or a disabled user takes effect at once, on all
/// servers.
/// </summary>
internal static class Sessions
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = "trueup_session";

    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string StampClaim = "trueup:stamp";
    private const string NameStart = "user:";

    /// <summary>How the cookie is kept.</summary>
    public static void Configure(CookieAuthenticationOptions options, SecuritySettings security, TimeProvider clock)
    {
        var isTls = security.BehindProxy || security.Certificate is not null;
        options.TimeProvider = clock;
        options.Cookie.Name = Cookie;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = isTls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = security.Session;
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>Begins a session.</summary>
    public static Task BeginAsync(HttpContext context, UserLogin login)
    {
        var identity = new Caller(NameStart + login.User.Name, Roles.Of(login.User.Role), null).ToIdentity(Scheme);
        identity.AddClaim(new Claim(StampClaim, login.SessionStamp));
        context.User = new ClaimsPrincipal(identity);
        return context.SignInAsync(Scheme, context.User);
    }

    /// <summary>Ends all sessions of the user of this one, so that a copy of the cookie is of no use either.</summary>
    public static async Task EndAsync(HttpContext context, TrueUpHome home, CancellationToken cancellationToken)
    {
        if (UserOf(context.User) is { } user)
        {
            await home.Users.EndSessionsAsync(user, cancellationToken);
        }
        await context.SignOutAsync(Scheme);
    }

    private static string? UserOf(ClaimsPrincipal? principal) =>
        principal?.Identity is { AuthenticationType: Scheme, Name: { } name }
        && name.StartsWith(NameStart, StringComparison.Ordinal)
            ? name[NameStart.Length..]
            : null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var home = (TrueUpHome)context.HttpContext.RequestServices.GetService(typeof(TrueUpHome))!;
        try
        {
            if (!await IsValidAsync(context.Principal, home, context.HttpContext.RequestAborted))
            {
                context.RejectPrincipal();
            }
        }
        catch (SideException error)
        {
            Refusal.Away(error).Keep(context.HttpContext);
            context.RejectPrincipal();
        }
    }

    private static async Task<bool> IsValidAsync(
        ClaimsPrincipal? principal,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        UserOf(principal) is { } user
        && principal!.FindFirstValue(StampClaim) is { } stamp
        && await home.Users.FindAsync(user, cancellationToken) is { User.DisabledAt: null } login
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(stamp),
            Encoding.ASCII.GetBytes(login.SessionStamp)
        );
}
