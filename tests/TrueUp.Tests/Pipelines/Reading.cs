using TrueUp.Pipelines;

namespace TrueUp.Tests.Pipelines;

/// <summary>Reads texts as the tests of the reader need it.</summary>
internal static class Reading
{
    public const string File = "/data/flow/pipeline.yaml";

    /// <summary>The least a pipeline can be.</summary>
    public const string Least = """
        name: sellers
        source: {type: csv, path: sellers.csv}
        target: {type: sqlite, path: sellers.db, table: sellers}

        """;

    public static PipelineReading Read(string yaml, params (string Name, string Value)[] environment) =>
        PipelineReader.ReadText(
            yaml,
            File,
            FakeConnector.Registry,
            name => environment.Where(e => e.Name == name).Select(e => e.Value).FirstOrDefault()
        );

    /// <summary>The pipeline of the least file and what stands behind it.</summary>
    public static PipelineDefinition Pipeline(string more = "")
    {
        var reading = Read(Least + more);
        reading.Findings.ShouldBeEmpty();
        return reading.Pipeline.ShouldNotBeNull();
    }

    /// <summary>The only finding of the least file and what stands behind it (from line 4).</summary>
    public static Finding Finding(string more) => Only(Least + more);

    /// <summary>The only finding of a file.</summary>
    public static Finding Only(string yaml)
    {
        var reading = Read(yaml);
        reading.Pipeline.ShouldBeNull();
        return reading.Findings.ShouldHaveSingleItem();
    }
}
