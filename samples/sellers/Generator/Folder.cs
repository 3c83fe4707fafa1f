using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrueUp.Samples.Sellers;

/// <summary>The files of an office.</summary>
internal static class Folder
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes all of them, the folder too if it is missing.</summary>
    public static void Write(Office office, string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "sellers.xlsx", Workbook.Write([office.Sellers, office.Properties]));
        Write(folder, "sellers.csv", CsvFile.Write(office.Sellers, office.Mistakes));
        Write(folder, "properties.csv", CsvFile.Write(office.Properties, []));
        Write(folder, "mistakes.json", [.. JsonSerializer.SerializeToUtf8Bytes(office.Mistakes, Json), (byte)'\n']);
    }

    // A reader sees the old file or the new one, as when an office program saves.
    private static void Write(string folder, string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes($"{path}.new", content);
        File.Move($"{path}.new", path, overwrite: true);
    }
}
