namespace TrueUp.Pipelines.Yaml;

/// <summary>A mapping of keys to nodes.</summary>
internal sealed record YamlMap(string Path, int Line, IReadOnlyDictionary<string, YamlNode> Entries)
    : YamlNode(Path, Line)
{
    public override string Kind => "a mapping";

    /// <summary>The path of an entry.</summary>
    public string At(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
