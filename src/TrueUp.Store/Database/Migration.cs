using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TrueUp.Store.Database;

/// <summary>One step of the control database's schema: <c>Migrations/{dialect}/{number}_{name}.sql</c>.</summary>
/// <param name="Version">Its number, from 1 without gaps.</param>
/// <param name="Name">The file's name without folder and extension.</param>
/// <param name="Sql">The statements.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the statements, whatever the line ends.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations of a dialect in order.</summary>
    public static IReadOnlyList<Migration> For(string dialect)
    {
        var assembly = typeof(Migration).Assembly;
        var folder = $"migrations/{dialect}/";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, name, Path.GetFileNameWithoutExtension(name))),
        ];
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name,
            reader.ReadToEnd());
    }
}
