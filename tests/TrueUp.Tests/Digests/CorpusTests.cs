using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Testing;
using TrueUp.Tests.Rows;

namespace TrueUp.Tests.Digests;

/// <summary>What a server made of each row of the corpus is what this process makes of it.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void The_corpus_has_every_kind_of_value_and_a_null_of_it()
    {
        foreach (LogicalKind kind in Enum.GetValues<LogicalKind>())
        {
            Corpus.Rows.ShouldContain(r => r.Columns.Any(c => c.Type.Kind == kind), $"{kind}");
            if (kind != LogicalKind.Raw)
            {
                Corpus.Rows.ShouldContain(r => r.Columns.Any(c => c.Type.Kind == kind && c.Send == null), $"{kind}");
            }
        }
    }

    [Fact]
    public void A_literal_has_the_send_form_the_server_gives_it() =>
        ForEachValue(value =>
        {
            if (value.IsSpelledAlike)
            {
                Values.Parse(value.Type, value.Value!).ShouldBe(Convert.ToHexStringLower(value.Send!), Show(value));
            }
        });

    [Fact]
    public void A_send_form_of_the_server_has_the_canonical_text_of_the_server() =>
        ForEachValue(value => Values.Canonical(value.Type, value.Send).ShouldBe(value.Canonical, Show(value)));

    [Fact]
    public void A_send_form_of_the_server_comes_back_through_its_display_text() =>
        ForEachValue(value => Values.ShouldComeBack(value.Type, value.Send!));

    [Fact]
    public void A_row_has_the_hashes_of_the_server()
    {
        foreach (CorpusRow row in Corpus.Rows)
        {
            RowHasher hasher = new(row.Schema);
            row.Hashes.Count.ShouldBe(2);
            foreach ((long seed, long hash) in row.Hashes)
            {
                hasher.HashRow(row.Tuple(), seed).ShouldBe(hash, $"{row.About}: {row.Show()}");
            }
        }
    }

    [Fact]
    public void Rows_of_the_same_types_with_different_values_have_different_hashes()
    {
        var compared = 0;
        foreach (var alike in Corpus.Rows.GroupBy(r => string.Join(',', r.Columns.Select(c => c.Kind))))
        {
            CorpusRow[] rows = [.. alike.DistinctBy(r => r.Show())];
            compared += rows.Length;
            foreach (long seed in rows[0].Hashes.Keys)
            {
                rows.Select(r => r.Hashes[seed]).Distinct().Count().ShouldBe(rows.Length, alike.Key);
            }
        }
        compared.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Every_example_of_the_document_is_in_the_corpus()
    {
        DigestDocument.Examples.Count.ShouldBe(11);
        foreach ((string about, long hash) in DigestDocument.Examples)
        {
            Corpus.Rows.ShouldContain(r => r.About == about && r.Hashes[0] == hash, about);
        }
    }

    [Fact]
    public void The_document_lists_every_type() =>
        DigestDocument.Forms.Keys.ShouldBe(
            Enum.GetNames<LogicalKind>().Select(name => name.ToLowerInvariant()),
            ignoreOrder: true
        );

    private static void ForEachValue(Action<CorpusValue> check)
    {
        foreach (CorpusValue value in Corpus.Rows.SelectMany(r => r.Columns).Where(c => c.Send is not null))
        {
            check(value);
        }
    }

    private static string Show(CorpusValue value) => $"{value.Sql} '{value.Value}'";
}
