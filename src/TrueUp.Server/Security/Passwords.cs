using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TrueUp.Store.Access;

namespace TrueUp.Server.Security;

/// <summary>Hashes passwords (PBKDF2 with HMAC-SHA512, salted) and checks them.</summary>
internal sealed class Passwords
{
    /// <summary>Characters of a password at least.</summary>
    public const int LengthMin = 12;

    /// <summary>Characters of a password at most: nobody may make the server hash a book.</summary>
    public const int LengthMax = 256;

    // As OWASP's password storage cheat sheet has it for this function.
    private const int Iterations = 210_000;

    private readonly PasswordHasher<string> _hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Iterations })
    );
    private readonly string _nobody;

    public Passwords() => _nobody = Hash(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>What is kept of a password.</summary>
    public string Hash(string password) => _hasher.HashPassword("", password);

    /// <summary>
    /// Whether a password is somebody's. Takes as long for a name nobody has, so that names cannot be found out.
    /// </summary>
    /// <param name="login">Whose it may be; null when nobody has the name.</param>
    /// <param name="password">The password.</param>
    /// <param name="newer">The same password hashed as it is today, if that is different; else null.</param>
    public bool Check(UserLogin? login, string password, out string? newer)
    {
        newer = null;
        var result = _hasher.VerifyHashedPassword("", login?.PasswordHash ?? _nobody, password);
        if (login is not { User.DisabledAt: null } || result == PasswordVerificationResult.Failed)
        {
            return false;
        }
        newer = result == PasswordVerificationResult.SuccessRehashNeeded ? Hash(password) : null;
        return true;
    }
}
