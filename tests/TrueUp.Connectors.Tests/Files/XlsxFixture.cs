using TrueUp.Connectors.Files;
using TrueUp.Pipelines;
using TrueUp.Sides;
using TrueUp.Testing;

namespace TrueUp.Connectors.Tests.Files;

/// <summary>A folder for the workbooks of one test class.</summary>
public abstract class XlsxFixture : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static SideDefinition Side(string path, params (string Name, string Value)[] options) =>
        options.Aggregate(
            new SideDefinition("xlsx").With("path", path),
            (side, option) => side.With(option.Name, option.Value)
        );

    internal Task<FileReading> Read(TestWorkbook workbook, params (string Name, string Value)[] options) =>
        Read(workbook.Build(), null, options);

    internal Task<FileReading> Read(
        byte[] content,
        Func<SideSchema, IEnumerable<PlannedColumn>>? columns,
        params (string Name, string Value)[] options
    ) => FileReading.Of(new XlsxConnector(), Side(Folder.Write("data.xlsx", content), options), columns);

    internal async Task<SideException> Refusal(byte[] content, params (string Name, string Value)[] options)
    {
        await using var source = new XlsxConnector().OpenSource(Side(Folder.Write("data.xlsx", content), options));
        return await Should.ThrowAsync<SideException>(async () => await source.DescribeAsync(default));
    }
}
