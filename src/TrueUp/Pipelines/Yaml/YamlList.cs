namespace TrueUp.Pipelines.Yaml;

/// <summary>A list.</summary>
internal sealed record YamlList(string Path, int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Path, Line)
{
    public override string Kind => "a list";
}
