using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace TrueUp.Server.Security;

/// <summary>
/// The keys that sign and encrypt session cookies: <c>keys/session-*.xml</c> in the home, readable by their owner
/// alone, shared by all servers of the home.
/// </summary>
internal sealed class SessionKeyFiles(string folder) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "session-*.xml")
                    .Order(StringComparer.Ordinal)
                    .Select(file => XElement.Load(file)),
            ]
            : [];

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        Directory.CreateDirectory(folder);
        var name = $"session-{Guid.NewGuid():N}";
        var draft = Path.Combine(folder, $".{name}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var stream = new FileStream(draft, options))
        {
            element.Save(stream);
        }
        // Another server reads the folder at any time: it finds the whole file or none.
        File.Move(draft, Path.Combine(folder, $"{name}.xml"));
    }
}
