using System.Text;
using TrueUp.Connectors.Files;
using TrueUp.Pipelines;
using TrueUp.Sides;
using TrueUp.Testing;

namespace TrueUp.Connectors.Tests.Files;

/// <summary>A folder for the CSV files of one test class.</summary>
public abstract class CsvFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TemporaryFolder Folder => _folder;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static SideDefinition Side(string path, params (string Name, string Value)[] options) =>
        options.Aggregate(
            new SideDefinition("csv").With("path", path),
            (side, option) => side.With(option.Name, option.Value)
        );

    internal Task<FileReading> Read(string content, params (string Name, string Value)[] options) =>
        Read(Encoding.UTF8.GetBytes(content), options);

    internal Task<FileReading> Read(byte[] content, params (string Name, string Value)[] options) =>
        FileReading.Of(new CsvConnector(), Side(_folder.Write("data.csv", content), options));

    internal Task<FileReading> Read(
        string content,
        Func<SideSchema, IEnumerable<PlannedColumn>> columns,
        params (string, string)[] options
    ) => FileReading.Of(new CsvConnector(), Side(_folder.Write("data.csv", content), options), columns);
}
