using TrueUp.Server.Settings;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Settings;

/// <summary>What the reference page says is what the program knows.</summary>
public sealed class ServerReferenceTests
{
    [Fact]
    public void The_server_reference_lists_every_key()
    {
        var regions = DocumentRegions.ShouldBeCurrent(
            "docs/server-reference.md",
            (_, subject) => Table(subject),
            Compare
        );

        SettingsReference.Keys.Select(k => $"keys {Section(k)}".TrimEnd()).Distinct().Except(regions).ShouldBeEmpty();
    }

    [Fact]
    public void Every_example_of_the_reference_is_read()
    {
        using var folder = new TemporaryFolder();
        foreach (var key in SettingsReference.Keys.Where(k => !k.Path.EndsWith("_file") && !k.Path.Contains(".tls.")))
        {
            var section = Section(key);
            var yaml = section.Length == 0 ? key.Example : $"{section}:\n  {key.Example}";
            var parser = new TrueUp.Server.Settings.Reading.SettingsParser(_ => "x");

            var reading = parser.Read(
                new TrueUp.Server.Settings.Reading.SettingsText(
                    folder.File("trueup.yaml"),
                    System.Text.Encoding.UTF8.GetBytes(yaml)
                )
            );

            reading.Findings.ShouldBeEmpty(key.Path);
            var name = key.IsPattern ? $"{section}.{key.Example.Split(':')[0]}" : key.Path;
            reading.Given.ShouldContain(name);
            SettingValues
                .Of(reading.Document!, name)
                .ShouldNotBe(SettingValues.Of(SettingsDocument.Default, name), name);
        }
    }

    private static string Table(string section) =>
        DocumentRegions.Table(
            ["key", "meaning", "default", "example"],
            SettingsReference
                .Keys.Where(k => Section(k) == section)
                .Select(k =>
                    (IReadOnlyList<string>)
                        [
                            $"`{k.Path[(section.Length == 0 ? 0 : section.Length + 1)..]}`{(k.IsStartOnly ? " (start)" : "")}",
                            k.Description,
                            k.Otherwise
                                ?? $"{k.Value(SettingsDocument.Default)}"
                                    .Replace("True", "true")
                                    .Replace("False", "false"),
                            DocumentRegions.Code(k.Example),
                        ]
                )
        );

    private static string Section(SettingKey key) =>
        key.Path.LastIndexOf('.') is var end and >= 0 ? key.Path[..end] : "";

    /// <summary>With TRUEUP_UPDATE_GOLDEN=1 the page is written instead.</summary>
    private static void Compare(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("TRUEUP_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }
        text.ShouldBe(File.ReadAllText(path));
    }
}
