using Dapper;
using FsCheck.Fluent;
using TrueUp.Store.Access;
using TrueUp.Store.Database;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>Keys, users, and the trail of what was done.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task A_key_is_found_by_its_text_alone_and_is_kept_as_a_hash()
    {
        var request = new KeyRequest("grafana", AccessRole.Viewer, "user:ada")
        {
            Pipelines = ["sellers", "a \"b\""],
            ExpiresAt = Clock.Now.AddDays(3),
        };
        var issued = (await Home.ApiKeys.CreateAsync(request, CancellationToken.None)).Issued.ShouldNotBeNull();

        var found = (await Home.ApiKeys.FindAsync(issued.Text, CancellationToken.None)).ShouldNotBeNull();

        (found with { Pipelines = null }).ShouldBe(issued.Key with { Pipelines = null });
        found.Pipelines.ShouldBe(["sellers", "a \"b\""]);
        found.IsUsableAt(Clock.Now.AddDays(3).AddTicks(-1)).ShouldBeTrue();
        found.IsUsableAt(Clock.Now.AddDays(3)).ShouldBeFalse();
        issued.Text.Length.ShouldBe(55);
        var kept = await QueryAsync("SELECT prefix, hash FROM api_keys", row => row.Text("prefix") + row.Text("hash"));
        kept.ShouldHaveSingleItem().ShouldNotContain(issued.Text[12..]);
    }

    [Fact]
    public async Task A_text_that_is_no_key_finds_none()
    {
        var issued = (await Home.ApiKeys.CreateAsync(Key("a"), CancellationToken.None)).Issued!;
        var texts =
            from at in Gen.Choose(0, issued.Text.Length - 1)
            from other in Gen.Elements("aA0_- \0é".ToCharArray())
            where other != issued.Text[at]
            select issued.Text[..at] + other + issued.Text[(at + 1)..];

        Cases.Check(
            texts,
            async text => (await Home.ApiKeys.FindAsync(text, CancellationToken.None)).ShouldBeNull(text)
        );
        (await Home.ApiKeys.FindAsync("", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_name_belongs_to_one_key_that_can_be_used()
    {
        var first = (await Home.ApiKeys.CreateAsync(Key("a"), CancellationToken.None)).Issued!.Key;
        (await Home.ApiKeys.CreateAsync(Key("a"), CancellationToken.None)).Outcome.ShouldBe(AccessOutcome.NameTaken);
        (await Home.ApiKeys.RevokeAsync(first.Id, "user:ada", CancellationToken.None)).ShouldBe(AccessOutcome.Done);

        (await Home.ApiKeys.CreateAsync(Key("a"), CancellationToken.None)).Outcome.ShouldBe(AccessOutcome.Done);

        var revoked = (await Home.ApiKeys.GetAsync(first.Id, CancellationToken.None)).ShouldNotBeNull();
        (revoked.RevokedAt, revoked.RevokedBy).ShouldBe((Clock.Now, "user:ada"));
    }

    [Fact]
    public async Task A_rotated_key_is_followed_by_one_that_may_do_the_same_for_as_long()
    {
        var request = Key("a") with { ExpiresAt = Clock.Now.AddDays(30), Pipelines = ["sellers"] };
        var old = (await Home.ApiKeys.CreateAsync(request, CancellationToken.None)).Issued!.Key;
        Clock.Advance(TimeSpan.FromDays(20));

        var next = await Home.ApiKeys.RotateAsync(old.Id, TimeSpan.FromHours(1), "user:ada", CancellationToken.None);
        var again = await Home.ApiKeys.RotateAsync(old.Id, TimeSpan.Zero, "user:ada", CancellationToken.None);
        var unknown = await Home.ApiKeys.RotateAsync("none", TimeSpan.Zero, "user:ada", CancellationToken.None);

        var key = next.Issued.ShouldNotBeNull().Key;
        (key.Name, key.Role, key.ExpiresAt).ShouldBe(("a", AccessRole.Viewer, Clock.Now.AddDays(30)));
        key.Pipelines.ShouldBe(["sellers"]);
        var replaced = (await Home.ApiKeys.GetAsync(old.Id, CancellationToken.None)).ShouldNotBeNull();
        (replaced.ReplacedBy, replaced.ExpiresAt).ShouldBe((key.Id, Clock.Now.AddHours(1)));
        again.Outcome.ShouldBe(AccessOutcome.NotUsable);
        unknown.Outcome.ShouldBe(AccessOutcome.NotFound);
    }

    [Fact]
    public async Task Somebody_can_always_administer_the_servers()
    {
        var key = (await Home.ApiKeys.BootstrapAsync(CancellationToken.None)).ShouldNotBeNull().Key;
        (await Home.ApiKeys.BootstrapAsync(CancellationToken.None)).ShouldBeNull();
        (await RevokeAsync(key)).ShouldBe(AccessOutcome.LastAdmin);
        (await AddUserAsync("ada", AccessRole.Admin)).ShouldBe(AccessOutcome.Done);
        (await RevokeAsync(key)).ShouldBe(AccessOutcome.Done);

        foreach (
            var change in new[]
            {
                new UserChange(AccessRole.Operator, null, null),
                new UserChange(null, null, IsDisabled: true),
                new UserChange(AccessRole.Admin, null, IsDisabled: true),
            }
        )
        {
            (await Home.Users.ChangeAsync("ada", change, CancellationToken.None)).ShouldBe(AccessOutcome.LastAdmin);
        }
        (await Home.Users.DeleteAsync("ada", CancellationToken.None)).ShouldBe(AccessOutcome.LastAdmin);

        (await AddUserAsync("bob", AccessRole.Admin)).ShouldBe(AccessOutcome.Done);
        (await Home.Users.DeleteAsync("ada", CancellationToken.None)).ShouldBe(AccessOutcome.Done);
        (await Home.ApiKeys.BootstrapAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Two_who_take_each_others_place_away_do_not_both_succeed()
    {
        var first = (await Home.ApiKeys.BootstrapAsync(CancellationToken.None))!.Key;
        var second = (await Home.ApiKeys.CreateAsync(Key("b") with { Role = AccessRole.Admin }, CancellationToken.None))
            .Issued!
            .Key;
        await using var other = OpenHome();

        var outcomes = await Task.WhenAll(
            Home.ApiKeys.RevokeAsync(first.Id, "b", CancellationToken.None).AsTask(),
            other.ApiKeys.RevokeAsync(second.Id, "a", CancellationToken.None).AsTask()
        );

        outcomes.Order().ShouldBe([AccessOutcome.Done, AccessOutcome.LastAdmin]);
    }

    [Fact]
    public async Task A_change_to_a_user_ends_their_sessions_and_keeps_what_is_not_named()
    {
        await AddUserAsync("eve", AccessRole.Admin);
        await AddUserAsync("ada", AccessRole.Operator);
        var before = (await Home.Users.FindAsync("ada", CancellationToken.None)).ShouldNotBeNull();
        Clock.Advance(TimeSpan.FromMinutes(1));

        await Home.Users.ChangeAsync("ada", new UserChange(null, "new", IsDisabled: true), CancellationToken.None);

        var after = (await Home.Users.FindAsync("ada", CancellationToken.None)).ShouldNotBeNull();
        after.SessionStamp.ShouldNotBe(before.SessionStamp);
        after.PasswordHash.ShouldBe("new");
        after.User.ShouldBe(before.User with { DisabledAt = Clock.Now, UpdatedAt = Clock.Now });
        (await AddUserAsync("ada", AccessRole.Viewer)).ShouldBe(AccessOutcome.NameTaken);
        (await Home.Users.ListAsync(CancellationToken.None)).Select(user => user.Name).ShouldBe(["ada", "eve"]);
    }

    [Fact]
    public async Task The_trail_gives_back_what_was_done_and_holds()
    {
        var texts = Gen.OneOf(
            FsCheck.Fluent.ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
            Gen.Elements("é😀\ud800x", "a\0b", "<&'\"\\>", "2026-03-01", new string('ü', 3000))
        );
        var entries = new List<AdminEntry>();
        Cases.Check(
            texts.ArrayOf(4),
            async text =>
            {
                Clock.Advance(TimeSpan.FromTicks(1234567));
                var action = new AdminAction(text[0], text[1], text[2])
                {
                    Details = new Dictionary<string, string>
                    {
                        ["b"] = text[3],
                        [text[0]] = text[1],
                        ["B"] = "",
                    },
                };
                entries.Add(await Home.AdminTrail.AppendAsync(action, CancellationToken.None));
            }
        );

        var listed = await Home.AdminTrail.ListAsync(new AdminQuery { Limit = 1000 }, CancellationToken.None);
        var check = await Home.AdminTrail.CheckAsync(CancellationToken.None);

        listed.Items.Reverse().Select(Text).ShouldBe(entries.Select(Text));
        check.ShouldBe(new AdminCheck(100, entries[^1].Hash, null, null));
    }

    [Fact]
    public async Task Servers_that_append_at_the_same_time_append_to_one_chain()
    {
        await using var other = OpenHome();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 100),
            async (i, cancellationToken) =>
                await (i % 2 == 0 ? Home : other).AdminTrail.AppendAsync(
                    new AdminAction("user:ada", "test", $"{i}"),
                    cancellationToken
                )
        );

        var check = await Home.AdminTrail.CheckAsync(CancellationToken.None);
        (check.IsIntact, check.Entries).ShouldBe((true, 100));
    }

    [Fact]
    public async Task The_database_refuses_to_change_the_trail()
    {
        await AppendAsync(3);

        (await DamageAsync("UPDATE admin_audit SET actor = 'user:eve' WHERE id = 2")).ShouldBeFalse();
        (await DamageAsync("DELETE FROM admin_audit WHERE id = 3")).ShouldBeFalse();

        (await Home.AdminTrail.CheckAsync(CancellationToken.None)).IsIntact.ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE admin_audit SET actor = 'user:eve' WHERE id = 2", 2)]
    [InlineData("UPDATE admin_audit SET details = '{}' WHERE id = 4", 4)]
    [InlineData("UPDATE admin_audit SET hash = previous_hash WHERE id = 1", 1)]
    [InlineData("DELETE FROM admin_audit WHERE id = 1", 1)]
    [InlineData("DELETE FROM admin_audit WHERE id = 3", 3)]
    [InlineData("DELETE FROM admin_audit WHERE id = 5", 5)]
    [InlineData("DELETE FROM admin_audit", 1)]
    [InlineData("UPDATE admin_audit SET id = id + 10 WHERE id = 5", 5)]
    [InlineData("UPDATE admin_audit SET id = -1 WHERE id = 2", -1)]
    public async Task Who_changes_the_trail_all_the_same_is_found_out(string damage, long at)
    {
        await AppendAsync(5);
        await DropGuardsAsync();
        (await DamageAsync(damage)).ShouldBeTrue();

        var check = await Home.AdminTrail.CheckAsync(CancellationToken.None);

        (check.IsIntact, check.BrokenAt).ShouldBe((false, at));
        check.Reason.ShouldNotBeNull();
    }

    [Fact]
    public void The_hash_of_an_entry_is_what_the_documentation_says()
    {
        var action = new AdminAction("user:ada", "create_key", "01J")
        {
            Role = "admin",
            Address = "192.0.2.1",
            Details = new Dictionary<string, string> { ["b"] = "é\"", ["B"] = "2" },
        };
        var json = string.Concat(
            """{"id":1,"occurred_at":"2026-03-01T12:00:00.000000Z","actor":"user:ada","role":"admin",""",
            """ "address":"192.0.2.1","action":"create_key","object":"01J",""".TrimStart(),
            """ "details":{"B":"2","b":"é\""},"previous_hash":"P"}""".TrimStart()
        );

        AdminHash
            .Of(1, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), action, "P")
            .ShouldBe(
                Convert.ToHexStringLower(
                    System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json))
                )
            );
    }

    private static string Text(AdminEntry entry) =>
        $"{entry} {string.Join(' ', entry.Action.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal))}";

    private static KeyRequest Key(string name) => new(name, AccessRole.Viewer, "user:ada");

    private async Task<AccessOutcome> RevokeAsync(ApiKey key) =>
        await Home.ApiKeys.RevokeAsync(key.Id, "user:ada", CancellationToken.None);

    private async Task<AccessOutcome> AddUserAsync(string name, AccessRole role) =>
        await Home.Users.CreateAsync(name, role, "hash", "user:eve", CancellationToken.None);

    private async Task AppendAsync(int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            var action = new AdminAction("user:ada", "test", $"{i}")
            {
                Details = new Dictionary<string, string> { ["status"] = "200" },
            };
            await Home.AdminTrail.AppendAsync(action, CancellationToken.None);
        }
    }

    private async Task DropGuardsAsync()
    {
        using var database = CreateDatabase(HomeFolder);
        await using var connection = database.Connect();
        await connection.ExecuteAsync(
            database.Dialect == "sqlite"
                ? "DROP TRIGGER admin_audit_keep_update; DROP TRIGGER admin_audit_keep_delete"
                : "DROP TRIGGER admin_audit_keep ON admin_audit"
        );
    }

    /// <summary>Whether the database let it happen.</summary>
    private async Task<bool> DamageAsync(string sql)
    {
        using var database = CreateDatabase(HomeFolder);
        await using var connection = database.Connect();
        try
        {
            await connection.ExecuteAsync(sql);
            return true;
        }
        catch (System.Data.Common.DbException error)
        {
            error.Message.ShouldContain("append-only");
            return false;
        }
    }
}
