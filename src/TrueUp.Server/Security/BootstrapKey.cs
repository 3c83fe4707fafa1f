using TrueUp.Store;
using TrueUp.Store.Access;

namespace TrueUp.Server.Security;

/// <summary>How the first administrator gets in.</summary>
public sealed class BootstrapKey
{
    private readonly TrueUpHome _home;

    /// <param name="home">Where keys are kept.</param>
    public BootstrapKey(TrueUpHome home) => _home = home;

    /// <summary>
    /// Makes an administrator's key if there is no key and no user yet. Whoever starts the server shows it once, on the
    /// terminal: it is written nowhere.
    /// </summary>
    /// <returns>The key's text, or null when there is somebody already.</returns>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async ValueTask<string?> CreateAsync(CancellationToken cancellationToken)
    {
        if (await _home.ApiKeys.BootstrapAsync(cancellationToken) is not { } issued)
        {
            return null;
        }
        var action = new AdminAction(issued.Key.CreatedBy, "key.create", issued.Key.Id)
        {
            Details = new Dictionary<string, string>
            {
                ["name"] = issued.Key.Name,
                ["role"] = Roles.Of(issued.Key.Role),
                ["prefix"] = issued.Key.Prefix,
            },
        };
        await _home.AdminTrail.AppendAsync(action, cancellationToken);
        return issued.Text;
    }
}
