using TrueUp.Server.Pipelines;

namespace TrueUp.Server.Tests.Pipelines;

public sealed class InlineSecretsTests
{
    [Theory]
    [InlineData("source: {connection: \"Host=db;Password=hunter2;Database=x\"}")]
    [InlineData("source:\n  connection: postgres://u:hunter2@db/x")]
    [InlineData("source:\n  connection: postgres://u:${PW}hunter2@db/x")]
    [InlineData("source: {password: hunter2}")]
    [InlineData("source: {token: 'hunter2'}")]
    [InlineData("headers: [\"Authorization: Bearer hunter2hunter2\"]")]
    [InlineData("a: 1 # the password: hunter2")]
    [InlineData("source: {password: \"***\"}")]
    public void A_secret_that_is_written_out_is_found_and_hidden(string yaml)
    {
        InlineSecrets.AreIn(yaml).ShouldBeTrue();

        InlineSecrets.Redact(yaml).ShouldNotBeNull().ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("source: {connection: \"Host=db;Password=${PW};Database=x\"}")]
    [InlineData("source:\n  connection: postgres://u:${PW}@db/x")]
    [InlineData("source: {password: \"${PW}\"}")]
    [InlineData("source: {password_file: secrets/db}")]
    [InlineData("columns: {password: {type: text}, token: {from: Token}}")]
    [InlineData("rules: [{name: has a token, column: token, required: true}]")]
    [InlineData("witness: {webhook: \"https://example.org/hook\"}")]
    [InlineData("name: ada@example.org # tel. 030 1234567")]
    public void A_reference_and_a_name_are_no_secrets(string yaml)
    {
        InlineSecrets.AreIn(yaml).ShouldBeFalse();

        InlineSecrets.Redact(yaml).ShouldBe(yaml);
    }

    [Theory]
    [InlineData("a: [password: hunter2")]
    [InlineData("source: {password: \"hunter\\u0032\"}")]
    [InlineData("source:\n  password: >\n    hunter2\n    hunter3\n")]
    public void A_text_whose_secrets_cannot_be_told_from_the_rest_is_withheld(string yaml)
    {
        InlineSecrets.AreIn(yaml).ShouldBeTrue();

        InlineSecrets.Redact(yaml).ShouldBeNull();
    }
}
