namespace TrueUp.Tests.Pipelines;

public sealed class EnvironmentReferenceTests
{
    private static string Yaml(string table) =>
        $"name: a\nsource: {{type: csv, path: x}}\ntarget: {{type: sqlite, path: b, table: '{table}'}}\n";

    [Theory]
    [InlineData("${USER_NAME}", "ann")]
    [InlineData("a${USER_NAME}b${USER_NAME}c", "aannbannc")]
    [InlineData("$${USER_NAME}", "${USER_NAME}")]
    [InlineData("$USER_NAME $5", "$USER_NAME $5")]
    [InlineData("${EMPTY}|", "|")]
    [InlineData("${NESTED}", "${USER_NAME}")]
    public void A_reference_is_replaced_once(string text, string expected) =>
        Reading
            .Read(Yaml(text), ("USER_NAME", "ann"), ("EMPTY", ""), ("NESTED", "${USER_NAME}"))
            .Pipeline.ShouldNotBeNull()
            .Target["table"]
            .ShouldBe(expected);

    [Fact]
    public void A_missing_variable_is_named_and_nothing_else_is_said_about_the_option()
    {
        var finding = Reading.Only(
            "name: a\nsource: {type: csv, path: '${FOLDER}/x', header_row: 1}\ntarget: {type: sqlite, path: b}\n"
        );

        finding.Code.ShouldBe("missing_variable");
        finding.Path.ShouldBe("source.path");
        finding.Message.ShouldContain("FOLDER");
    }

    [Theory]
    [InlineData("${}")]
    [InlineData("${a b}")]
    [InlineData("${1A}")]
    [InlineData("${open")]
    public void A_reference_that_is_not_well_formed_is_refused(string text) =>
        Reading.Only(Yaml(text)).Path.ShouldBe("target.table");

    [Fact]
    public void Values_of_variables_do_not_appear_in_findings()
    {
        var reading = Reading.Read(
            "name: a\nsource: {type: csv, path: x, encoding: '${SECRET}'}\ntarget: {type: sqlite, path: b, header_row: '${SECRET}'}\n",
            ("SECRET", "hunter2")
        );

        reading.Findings.Count.ShouldBe(2);
        reading.Findings.ShouldAllBe(f => !f.ToString().Contains("hunter2"));
    }

    [Fact]
    public void A_reference_in_a_path_is_replaced_before_the_path_is_made_absolute() =>
        Reading
            .Read(
                "name: a\nsource: {type: csv, path: '${DIR}/x.csv'}\ntarget: {type: sqlite, path: ../b.db}\n",
                ("DIR", "/in")
            )
            .Pipeline.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                p => p.Source["path"].ShouldBe("/in/x.csv"),
                p => p.Target["path"].ShouldBe("/data/b.db")
            );
}
