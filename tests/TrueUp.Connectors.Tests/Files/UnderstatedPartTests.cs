using System.Buffers.Binary;
using System.IO.Compression;
using TrueUp.Connectors.Files.Xlsx;

namespace TrueUp.Connectors.Tests.Files;

public sealed class UnderstatedPartTests
{
    [Fact]
    public void A_part_never_unpacks_to_more_than_it_declares()
    {
        // The limits on sizes rest on this: what a ZIP directory says must bind its reader.
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = zip.CreateEntry("xl/a.xml").Open();
            stream.Write("<a>"u8);
            stream.Write(
                new byte[1 << 20]
                    .Select(_ => (byte)'x')
                    .ToArray()
            );
            stream.Write("</a>"u8);
        }
        var content = buffer.ToArray();
        var directory = content.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(directory + 24), 1_000);
        using var package = WorkbookPackage.Open("a.xlsx", new MemoryStream(content));
        package.SizeOf("xl/a.xml").ShouldBe(1_000);
        long characters = 0;
        var error = Should.Throw<Exception>(() =>
        {
            using var xml = package.Read("xl/a.xml");
            while (xml.Read())
            {
                characters += xml.Value.Length;
            }
        });
        WorkbookPackage.IsDamage(error).ShouldBeTrue();
        characters.ShouldBeLessThanOrEqualTo(1_000);
    }
}
