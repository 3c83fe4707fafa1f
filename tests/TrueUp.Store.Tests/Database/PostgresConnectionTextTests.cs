using Npgsql;
using TrueUp.Sides;
using TrueUp.Store.Database;

namespace TrueUp.Store.Tests.Database;

public sealed class PostgresConnectionTextTests
{
    [Fact]
    public void A_url_names_what_keywords_name()
    {
        var settings = PostgresConnectionText.Parse(
            "postgres://ada:p%40ss%3Aw%2Ford@db.example.org:6432/true%20up?sslmode=verify-full&connect_timeout=3"
        );

        (settings.Host, settings.Port, settings.Database).ShouldBe(("db.example.org", 6432, "true up"));
        (settings.Username, settings.Password).ShouldBe(("ada", "p@ss:w/ord"));
        (settings.SslMode, settings.Timeout).ShouldBe((SslMode.VerifyFull, 3));
    }

    [Theory]
    [InlineData("postgres://ada@db.example.org/x", SslMode.Require)]
    [InlineData("Host=10.0.0.7;Database=x", SslMode.Require)]
    [InlineData("postgresql://ada@db_1/x?sslmode=disable", SslMode.Disable)]
    [InlineData("Host=10.0.0.7;Ssl Mode=Disable", SslMode.Disable)]
    [InlineData("postgres://ada@127.0.0.1/x", SslMode.Prefer)]
    [InlineData("postgres://ada@[::1]:5433/x", SslMode.Prefer)]
    [InlineData("postgres://localhost", SslMode.Prefer)]
    [InlineData("Host=/var/run/postgresql", SslMode.Prefer)]
    [InlineData("Host=localhost,db.example.org", SslMode.Require)]
    public void A_server_elsewhere_is_spoken_to_over_tls_unless_somebody_says_otherwise(string text, SslMode mode) =>
        PostgresConnectionText.Parse(text).SslMode.ShouldBe(mode);

    [Fact]
    public void The_tables_are_looked_for_in_one_schema_whatever_is_asked_for()
    {
        var settings = PostgresConnectionText.Parse("Host=localhost;Search Path=public;Include Error Detail=true");

        settings.SearchPath.ShouldBe("trueup_control,pg_temp");
        settings.IncludeErrorDetail.ShouldBeFalse();
        (settings.Timeout, settings.CommandTimeout, settings.MaxPoolSize).ShouldBe((10, 30, 20));
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("postgres://ada:hunter2@:x:/")]
    [InlineData("postgres://ada:hunter2@localhost/x?hunter2=1")]
    [InlineData("Host=localhost;Password=hunter2;Port=hunter2")]
    [InlineData("Host=localhost;hunter2=hunter2")]
    [InlineData("postgres://ada:hunter2@localhost:99999/x")]
    public void Settings_that_cannot_be_read_are_refused_without_repeating_them(string text)
    {
        var error = Should.Throw<SideException>(() => PostgresConnectionText.Parse(text));

        (error.Code, error.IsTransient).ShouldBe(("audit_unavailable", false));
        error.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public void The_place_says_where_it_is_and_not_how_to_get_in()
    {
        using var database = new PostgresControlDatabase("postgres://ada:hunter2@localhost:5433/audit");

        database.Place.ShouldBe("localhost:5433/audit");
    }
}
