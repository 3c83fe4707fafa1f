using FsCheck;
using FsCheck.Fluent;
using TrueUp.Audit;

namespace TrueUp.Tests.Audit;

public sealed class RedactionTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(200);

    private static Gen<string> Words { get; } =
        Gen.Elements("Cannot connect", "to db1", ": ", "; ", ", ", " \"", "\" ", "'", "\n", "(attempt 2)", "{", "}",
        "Größe", "=", " ", "at 10:15")
            .ListOf().Select(words => string.Concat(words));

    [Theory]
    [InlineData("Host=db;Username=ada;Password={0};Database=x")]
    [InlineData("Host=db;Password=\"{0}\";Database=x")]
    [InlineData("Host=db;Password='{0}'")]
    [InlineData("Password={0}")]
    [InlineData("Server=x;Pwd={0};")]
    [InlineData("pwd = {0} failed")]
    [InlineData("sslpassword={0}")]
    [InlineData("PGPASSWORD={0}")]
    [InlineData("postgres://ada:{0}@db.example.org:5432/shop")]
    [InlineData("postgresql://db/shop?user=ada&password={0}&sslmode=require")]
    [InlineData("https://{0}@example.org/")]
    [InlineData("Authorization: Bearer {0}")]
    [InlineData("authorization: basic {0}")]
    [InlineData("sent with bearer {0} and failed")]
    [InlineData("api_key={0}")]
    [InlineData("X-Api-Key: {0}")]
    [InlineData("apiKey => {0}")]
    [InlineData("SecretAccessKey: {0}")]
    [InlineData("https://example.org/?access_token={0}&x=1")]
    [InlineData("aws_secret_access_key = {0}")]
    [InlineData("AccountKey={0};EndpointSuffix=core")]
    [InlineData("{{\"user\": \"ada\", \"password\": \"{0}\", \"x\": 1}}")]
    [InlineData("{{\"clientSecret\":\"{0}\"}}")]
    [InlineData("client_secret: '{0}'")]
    public void A_secret_put_into_any_message_does_not_survive(string form) => Prop
        .ForAll(
            (from secret in Gen.Elements(Letters.ToCharArray()).ArrayOf(12).Select(c => "s3" + new string(c))
             from before in Words
             from after in Words
             select (secret, message: $"{before} {string.Format(form, secret)} {after}")).ToArbitrary(),
            c => !Redaction.Clean(c.message).Contains(c.secret) && !Redaction.StackTrace(c.message)!.Contains(c.secret))
        .Check(Many);

    [Fact]
    public void A_password_of_any_characters_in_a_connection_string_does_not_survive() => Prop
        .ForAll(
            Gen.Elements("abcXYZ0189 !#$%&()*+,-./:<=>?@[]^_{|}~\\\"'ß€".ToCharArray()).ArrayOf(10)
            .Select(c => "q7" + new string(c) + "7q").ToArbitrary(),
            password =>
            {
                // As the drivers' own builders write it.
                var written = new System.Data.Common.DbConnectionStringBuilder
                {
                    ["Host"] = "db",
                    ["Password"] = password
                }.ConnectionString;
                var clean = Redaction.Clean($"Cannot connect with {written};Database=x");
                return !clean.Contains("q7") && !clean.Contains("7q");
            })
        .Check(Many);

    [Fact]
    public void A_password_of_any_characters_in_json_does_not_survive() => Prop
        .ForAll(
            Gen.Elements("abcXYZ0189 !#$%&()*+,-./:;<=>?@[]^_{|}~\\\"'ß€".ToCharArray()).ArrayOf(10)
            .Select(c => "q7" + new string(c) + "7q").ToArbitrary(),
            password =>
            {
                var clean = Redaction.Clean(
                    System.Text.Json.JsonSerializer.Serialize(new { user = "ada", password, host = "db" }));
                return !clean.Contains("q7") && !clean.Contains("7q");
            })
        .Check(Many);

    [Fact]
    public void A_password_in_a_url_does_not_survive_whatever_its_characters() => Prop
        .ForAll(
            Gen.Elements("abcXYZ0189!$&*+,-./:=?@_~%#".ToCharArray()).ArrayOf(10)
            .Select(c => "q7" + new string(c) + "7q").ToArbitrary(),
            password =>
            {
                var clean = Redaction.Clean($"Cannot open postgres://ada:{password}@db/shop now");
                return !clean.Contains("q7") && !clean.Contains("7q");
            })
        .Check(Many);

    [Fact]
    public void An_email_address_does_not_survive() => Prop
        .ForAll(
            (from name in Gen.Elements("ada", "ada.lovelace", "a+b", "größe", "o'brien", "x_y-z")
             from host in Gen.Elements("example.org", "mail.example.co.uk", "localhost", "münchen.de")
             from before in Words
             from after in Words
             select (name, host, message: $"{before} {name}@{host} {after}")).ToArbitrary(),
            c => !Redaction.Clean(c.message).Contains($"{c.name}@")
            && !Redaction.Clean(c.message).Contains($"@{c.host}"))
        .Check(Many);

    [Theory]
    [InlineData("card 4111 1111 1111 1111 refused", "card [number] refused")]
    [InlineData("card 4111-1111-1111-1111", "card [number]")]
    [InlineData("378282246310005", "[number]")]
    [InlineData("call +49 170 1234567 now", "call [phone] now")]
    [InlineData("call (555) 123-4567", "call [phone]")]
    [InlineData("555-123-4567", "[phone]")]
    [InlineData("+4917012345678", "[phone]")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE", "key ***")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def", "***")]
    [InlineData("ghp_abcdefghijklmnopqrst1234", "***")]
    public void Numbers_of_people_and_known_keys_are_taken_out(string text, string clean) =>
        Redaction.Clean(text).ShouldBe(clean);

    [Theory]
    [InlineData("Record 17 (line 18): the date '2026-02-30' is none.")]
    [InlineData("2026-03-01 12:00:00.123456+00:00")]
    [InlineData("Run 01ARZ3NDEKTSV4RRFFQ69G5FAV was interrupted.")]
    [InlineData("SHA-256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("The server closed the connection at 127.0.0.1:5432.")]
    [InlineData("1234567890123 rows, 3000000 of them new")]
    [InlineData("Set a password for the user, or name another host.")]
    [InlineData("The file sellers.csv (id 123e4567-e89b-12d3-a456-426614174000) is empty.")]
    [InlineData("https://example.org/path?x=1")]
    [InlineData("")]
    public void What_is_no_secret_stays(string text) => Redaction.Clean(text).ShouldBe(text);

    [Fact]
    public void A_stack_trace_keeps_types_methods_and_lines_but_no_folders()
    {
        const string Trace =
            """
            System.IO.FileNotFoundException: Could not find file '/srv/build/my data/sellers.csv'.
               at TrueUp.Runs.Engine.RunAsync(PipelineDefinition pipeline) in /srv/src/TrueUp/Runs/Engine.cs:line 42
               at TrueUp.Cli.Program.Main(String[] args) in D:\build\my src\Program.cs:line 7
               at System.Collections.Generic.List`1.get_Item(Int32 index)
            """;

        var clean = Redaction.StackTrace(Trace)!;

        clean.ShouldContain("at TrueUp.Runs.Engine.RunAsync(PipelineDefinition pipeline) in Engine.cs:line 42");
        clean.ShouldContain("at TrueUp.Cli.Program.Main(String[] args) in Program.cs:line 7");
        clean.ShouldContain("at System.Collections.Generic.List`1.get_Item(Int32 index)");
        clean.ShouldNotContain("/srv");
        clean.ShouldNotContain("build");
    }

    [Fact]
    public void Any_text_is_cleaned_to_one_that_is_not_too_long() => Prop
        .ForAll<string?>(text =>
        Redaction.Clean(text).Length <= Redaction.LengthMax
        && Redaction.StackTrace(text)?.Length is null or <= Redaction.LengthMax)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_text_that_is_too_long_is_cut_between_words_and_no_half_of_a_secret_stays()
    {
        for (var at = Redaction.LengthMax - 60; at < Redaction.LengthMax + 10; at++)
        {
            var clean = Redaction.Clean(new string('x', at) + " postgres://ada:topsecret@db/shop");
            clean.Length.ShouldBeLessThanOrEqualTo(Redaction.LengthMax);
            clean.ShouldNotContain("tops");
        }
    }

    [Theory]
    [InlineData('"')]
    [InlineData('1')]
    [InlineData('a')]
    [InlineData('@')]
    [InlineData('/')]
    [InlineData('\\')]
    [InlineData('=')]
    [InlineData(' ')]
    [InlineData('.')]
    [InlineData('-')]
    [InlineData(';')]
    public void Texts_made_to_be_slow_are_cleaned_all_the_same(char repeated)
    {
        foreach (var start in (string[])["", "password=\"", "://", "+1", "4", "eyJ", "a@"])
        {
            Redaction.StackTrace(start + new string(repeated, Redaction.LengthMax - 20))!.ShouldNotContain("withheld");
        }
    }
}
