using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TrueUp.Testing;

namespace TrueUp.Tests;

/// <summary>What the design says about the shape of the code, checked on what was built and on the sources.</summary>
public sealed partial class ArchitectureTests
{
    private const int FileLinesMax = 400;

    private static readonly string Source = RepositoryRoot.Combine("src");

    /// <summary>The arrows of the design: who may refer to which project and to which packages' assemblies.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["TrueUp"] = ["Microsoft.Extensions.Logging.Abstractions", "Polly.Core", "YamlDotNet"],
        ["TrueUp.Store"] = ["TrueUp", "Dapper", "Microsoft.Data.Sqlite*", "SQLitePCLRaw*", "Npgsql"],
        ["TrueUp.Connectors.Files"] = ["TrueUp", "ExcelDataReader*"],
        ["TrueUp.Connectors.Sqlite"] = ["TrueUp", "Microsoft.Data.Sqlite*", "SQLitePCLRaw*"],
        ["TrueUp.Connectors.Postgres"] = ["TrueUp", "Npgsql"],
        ["TrueUp.Server"] =
        [
            "TrueUp",
            "TrueUp.Store",
            "Microsoft.AspNetCore*",
            "Microsoft.Extensions*",
            "Microsoft.OpenApi",
            "Quartz",
            "OpenTelemetry*",
            "Npgsql",
            "Microsoft.Data.Sqlite*",
        ],
        ["TrueUp.Cli"] = ["*"],
    };

    private static readonly Type[] AsynchronousTypes =
    [
        typeof(Task),
        typeof(Task<>),
        typeof(ValueTask),
        typeof(ValueTask<>),
        typeof(IAsyncEnumerable<>),
    ];

    /// <summary>Fit for every project: they are about logging, not about a store or a screen.</summary>
    private static readonly string[] Everywhere = ["Microsoft.Extensions.Logging.Abstractions"];

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_where_the_arrows_point(string project)
    {
        Arrows.ShouldContainKey(project, "A new project needs a line in the table of arrows.");
        string[] allowed = [.. Arrows[project], .. Everywhere];

        // What is compiled in also shows what came along with a package; what is declared also shows what is unused.
        IEnumerable<string> compiled = Load(project)
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(IsNotRuntime);
        IEnumerable<string> declared = XDocument
            .Load(Path.Combine(Source, project, $"{project}.csproj"))
            .Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference")
            .Select(element => element.Attribute("Include")!.Value)
            .Select(include => include.EndsWith(".csproj") ? Path.GetFileNameWithoutExtension(include) : include);

        compiled.Concat(declared).Where(name => !allowed.Any(pattern => Matches(name, pattern))).ShouldBeEmpty();
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        IEnumerable<string> wrong =
            from file in Files()
            let declared = NamespaceDeclaration().Match(File.ReadAllText(file))
            let folder = Path.GetRelativePath(Source, Path.GetDirectoryName(file)!)
            let expected = folder.Replace(Path.DirectorySeparatorChar, '.')
            where declared.Success ? declared.Groups[1].Value != expected : !IsWithoutNamespace(file)
            select $"{Relative(file)}: '{declared.Groups[1].Value}' instead of {expected}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_is_not_longer_than_a_reader_can_hold()
    {
        Files()
            .Select(file => (File: Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > FileLinesMax)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Time_comes_from_a_TimeProvider_and_nothing_lifts_the_ban()
    {
        IEnumerable<string> wrong =
            from file in Files()
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where Banned().IsMatch(line.Text) && !line.Text.TrimStart().StartsWith("//")
            select $"{Relative(file)}:{line.Number}: {line.Text.Trim()}";

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_public_asynchronous_member_ends_with_a_cancellation_token(string project)
    {
        IEnumerable<string> wrong =
            from type in Load(project).GetExportedTypes()
            from method in type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            where IsAsynchronous(method) && !method.IsSpecialName && !EndsWithToken(method) && !IsDictated(method)
            select $"{type.FullName}.{method.Name}";

        wrong.ShouldBeEmpty();
    }

    private static Assembly Load(string project) => Assembly.Load(project);

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories);

    private static string Relative(string file) => Path.GetRelativePath(RepositoryRoot.Path, file);

    private static bool IsNotRuntime(string name) =>
        !name.StartsWith("System.") && name is not ("System" or "mscorlib" or "netstandard");

    private static bool Matches(string name, string pattern) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1]) : name == pattern;

    /// <summary>A program's entry point and attributes of the assembly belong to no namespace.</summary>
    private static bool IsWithoutNamespace(string file) => Path.GetFileName(file) is "Program.cs" or "AssemblyInfo.cs";

    private static bool IsAsynchronous(MethodInfo method)
    {
        Type type = method.ReturnType;
        return AsynchronousTypes.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }

    private static bool EndsWithToken(MethodInfo method) =>
        method.GetParameters() is [.., var last] && last.ParameterType == typeof(CancellationToken);

    /// <summary>Whether somebody else's base class or interface (Stream, IAsyncDisposable) dictates it.</summary>
    private static bool IsDictated(MethodInfo method)
    {
        if (!IsOurs(method.GetBaseDefinition().DeclaringType!))
        {
            return true;
        }

        Type type = method.DeclaringType!;
        if (type.IsInterface)
        {
            return false;
        }

        return type.GetInterfaces()
            .Where(contract => !IsOurs(contract))
            .Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.Split('.')[0] == "TrueUp";

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bThread\.Sleep\b|\bStopwatch\.|RS0030")]
    private static partial Regex Banned();
}
