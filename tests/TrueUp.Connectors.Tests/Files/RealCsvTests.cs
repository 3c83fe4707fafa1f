using TrueUp.Connectors.Files;
using TrueUp.Testing;

namespace TrueUp.Connectors.Tests.Files;

public sealed class RealCsvTests
{
    [Fact]
    public async Task The_airports_are_read_whole_and_their_codes_stay_text()
    {
        var read = await Read("airports.csv");
        read.Names.ShouldBe("iata|name|city|state|country|latitude|longitude");
        read.Types.ShouldBe("text,text,text,text,text,decimal,decimal");
        read.Rows.Count.ShouldBe(3_376);
        read.Rejects.ShouldBeEmpty();
        read.Rows[0].ShouldBe(["00M", "Thigpen", "Bay Springs", "MS", "USA", "31.95376472", "-89.23450472"]);
        read.Rows.ShouldContain(r => r[0] == "DBN" && r[1] == "W. H. \"Bud\" Barron");
    }

    [Fact]
    public async Task The_weather_is_read_whole_with_dates_and_decimals()
    {
        var read = await Read("seattle-weather.csv");
        read.Types.ShouldBe("date,decimal,decimal,decimal,decimal,text");
        read.Rows.Count.ShouldBe(1_461);
        read.Rejects.ShouldBeEmpty();
        read.Rows[^1][0].ShouldBe("2015-12-31");
    }

    private static Task<FileReading> Read(string name) =>
        FileReading.Of(new CsvConnector(), CsvFixture.Side(RepositoryRoot.Combine("tests", "data", name)));
}
