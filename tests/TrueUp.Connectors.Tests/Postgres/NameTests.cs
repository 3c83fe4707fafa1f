using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Postgres;

public sealed class NameTests
{
    [Theory]
    [InlineData("sellers", null, "sellers", "sellers")]
    [InlineData("Public.Sellers", "public", "sellers", "public.sellers")]
    [InlineData("public.\"Odd Name\"", "public", "Odd Name", "public.\"Odd Name\"")]
    [InlineData("\"a.b\".\"c\"\"d\"", "a.b", "c\"d", "\"a.b\".\"c\"\"d\"")]
    [InlineData(" \"x\" ", null, "x", "x")]
    [InlineData("\"1st\"", null, "1st", "\"1st\"")]
    public void A_name_reads_as_SQL_reads_it(string text, string? schema, string table, string shown)
    {
        SqlName.TryParse(text, out var name).ShouldBeTrue();
        name.ShouldBe(new SqlName(schema, table));
        name.ToString().ShouldBe(shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("\"open")]
    [InlineData("\"a\"b")]
    [InlineData("\"\"")]
    public void What_is_no_name_is_refused(string text) => SqlName.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Whatever_an_identifier_holds_stays_inside_its_quotes() =>
        new SqlName("a\"; DROP", "b").Sql.ShouldBe("\"a\"\"; DROP\".\"b\"");

    [Theory]
    [InlineData("public.*", "public", "%", true)]
    [InlineData("sales.order_?", "sales", "order\\__", true)]
    [InlineData("\"a*\"", null, "a*", false)]
    [InlineData("100%", null, "100\\%", false)]
    public void A_pattern_is_a_name_with_wildcards(string text, string? schema, string table, bool wild)
    {
        NamePattern.TryParse(text, out var pattern).ShouldBeTrue();
        pattern.ShouldBe(new NamePattern(schema, table, wild));
    }

    [Theory]
    [InlineData(
        "postgres://joe:p%40ss%2Fw@db.example.com:6000/shop?sslmode=verify-full&application_name=x",
        "db.example.com",
        6000,
        "shop",
        "joe",
        "p@ss/w"
    )]
    [InlineData("postgresql://joe@[::1]/shop", "::1", 5432, "shop", "joe", null)]
    [InlineData("postgres:///shop", "localhost", 5432, "shop", null, null)]
    [InlineData("Host=h;Port=1;Database=d;Username=u;Password=p", "h", 1, "d", "u", "p")]
    public void A_connection_is_keywords_or_a_URL(
        string text,
        string host,
        int port,
        string database,
        string? user,
        string? password
    )
    {
        var settings = ConnectionText.Parse(text);
        (settings.Host, settings.Port, settings.Database, settings.Username, settings.Password).ShouldBe(
            (host, port, database, user, password)
        );
        settings.Pooling.ShouldBeFalse();
    }

    [Theory]
    [InlineData("postgres://joe:secret@host:port/db")]
    [InlineData("postgres://joe:secret@host/db?nonsense=1")]
    [InlineData("Host=h;Pasword=secret")]
    [InlineData("just secret words")]
    public void A_connection_that_cannot_be_read_is_a_finding_that_tells_no_secret(string text)
    {
        var findings = PostgresFixture
            .Connector.Validate(PostgresFixture.Side(text, "table", "t"), SideRole.Source)
            .ToList();
        findings.Count.ShouldBe(1);
        findings[0].Path.ShouldBe("connection");
        findings[0].ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void A_source_reads_exactly_one_thing_and_everything_wrong_is_found_at_once()
    {
        SideDefinition side = new("postgres");
        Codes(side, SideRole.Source).ShouldBe(["missing_key ", "missing_key connection"]);
        side = side.With("connection", "Host=h").With("table", "a.b.c").With("query", "");
        Codes(side, SideRole.Source).ShouldBe(["bad_value query", "bad_value table", "bad_value query"]);
        Codes(side.Without("query").With("table", "t"), SideRole.Source).ShouldBeEmpty();
        Codes(side.Without("query").Without("table").With("create", "maybe"), SideRole.Target)
            .ShouldBe(["bad_value create"]);
        foreach (var role in Enum.GetValues<SideRole>())
        {
            PostgresFixture
                .Connector.Options("postgres", role)
                .ShouldAllBe(o => o.Description.Length > 10 && (o.Example ?? o.Default) != null);
        }
    }

    private static IEnumerable<string> Codes(SideDefinition side, SideRole role) =>
        PostgresFixture.Connector.Validate(side, role).Select(f => $"{f.Code} {f.Path}");
}
