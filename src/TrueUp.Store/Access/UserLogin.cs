namespace TrueUp.Store.Access;

/// <summary>What it takes to log somebody in. No record, whose text would show the hash in a log.</summary>
public sealed class UserLogin
{
    internal UserLogin(User user, string passwordHash, string sessionStamp)
    {
        User = user;
        PasswordHash = passwordHash;
        SessionStamp = sessionStamp;
    }

    /// <summary>Who it is.</summary>
    public User User { get; }

    /// <summary>The hash of their password, as it was given to the store.</summary>
    public string PasswordHash { get; }

    /// <summary>What their sessions carry; a session with another one has ended.</summary>
    public string SessionStamp { get; }
}
