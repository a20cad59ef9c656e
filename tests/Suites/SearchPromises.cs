using Crm.Ports;
using Crm.Search;

namespace Crm.Tests.Suites;

/// <summary>What every engine's search promises: who is found by which words, and in which order.</summary>
public abstract partial class SearchPromises : DocumentsSuite
{
    private const string Scope = "customers";

    private static readonly DateTimeOffset s_changedAt = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private ISearch Search => new DocumentSearch(Documents);

    [Theory]
    [InlineData("Anna Schmidt", "schmidt")]
    [InlineData("Anna Schmidt", "SCHMIDT anna")]
    [InlineData("Anna Schmidt", "schm")]
    [InlineData("Anna Schmidt", "an")]
    [InlineData("Anna Schmidt", "shcmidt")]
    [InlineData("Anna Schmidt", "scmhidt")]
    [InlineData("Anna Schmidt", "schmit")]
    [InlineData("Anna Schmidt", "schmidtt an")]
    [InlineData("Anna Schmidt", "nna")]
    [InlineData("Jürgen Müller", "muller")]
    [InlineData("Jürgen Müller", "mueller")]
    [InlineData("Jürgen Müller", "MÜLLER")]
    [InlineData("Jürgen Müller", "juerg")]
    [InlineData("Jurgen Mueller", "Müller")]
    [InlineData("Strauß", "strauss")]
    [InlineData("Søren Ærø", "soren aero")]
    [InlineData("Søren", "soeren")]
    [InlineData("Łukasz Żółty", "lukasz zolty")]
    [InlineData("Siobhán O'Brien", "obrien")]
    [InlineData("Siobhán O’Brien", "o'brien")]
    [InlineData("Siobhán O'Brien", "brien")]
    [InlineData("Hans-Peter Groß", "peter hans")]
    [InlineData("İnci Işık", "inci isik")]
    [InlineData("Дмитрий Ёлкин", "елкин")]
    [InlineData("Дмитрий Ёлкин", "дмитирй")]
    [InlineData("Νίκος Παππάς", "νικος παππασ")]
    [InlineData("أحمد الخطيب", "احمد")]
    [InlineData("أحمد الخطيب", "الخط")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("یاسر کریم", "ياسر كريم")]
    [InlineData("שָׁלוֹם כהן", "שלום")]
    [InlineData("प्रिया शर्मा", "प्रिया")]
    [InlineData("王伟", "王")]
    [InlineData("王伟", "伟")]
    [InlineData("王伟", "王伟")]
    [InlineData("欧阳娜娜", "欧阳")]
    [InlineData("欧阳娜娜", "阳娜娜")]
    [InlineData("李娜 Li Na", "李娜 na")]
    [InlineData("中华人民共和国", "人民")]
    [InlineData("さくら", "くら")]
    [InlineData("サクラ", "ｻｸﾗ")]
    [InlineData("ガンダム", "ガン")]
    [InlineData("김민수", "민수")]
    [InlineData("김민수", "김")]
    [InlineData("สมชาย", "ชาย")]
    [InlineData("𠮷野家", "𠮷野")]
    [InlineData("３Ｍ Ｃｏｍｐａｎｙ", "3m company")]
    [InlineData("١٢٣ شارع", "123")]
    [InlineData("Studio 54", "54")]
    [InlineData("J. R. R. Tolkien", "j tolkien")]
    [InlineData("Dr.Müller", "dr.müller")]
    [InlineData("❤️ Anna 😀", "anna")]
    [InlineData("\u202eAnna\u202c", "anna")]
    public async Task A_name_is_found(string name, string text)
    {
        await Keep("a", (SearchField.Name, name));
        await Keep("b", (SearchField.Name, "Xqwvz Yyyyk"));
        Assert.Equal(["a"], await Found(text));
    }

    [Theory]
    [InlineData("Anna Schmidt", "schmudz")]
    [InlineData("Anna Schmidt", "anna schulz")]
    [InlineData("Anna Schmidt", "midt")]
    [InlineData("Anna", "n")]
    [InlineData("Tim", "tom")]
    [InlineData("王伟", "王娜")]
    [InlineData("王 伟", "王伟")]
    [InlineData("中华人民", "华民")]
    public async Task A_name_is_not_found(string name, string text)
    {
        await Keep("a", (SearchField.Name, name));
        Assert.Empty(await Found(text));
    }

    [Theory]
    [InlineData("anna.schmidt@mail.example.org")]
    [InlineData("Anna.Schmidt@Mail.Example.org")]
    [InlineData("<anna.schmidt@mail.example.org>,")]
    [InlineData("anna.schmidt@")]
    [InlineData("anna.schmidt")]
    [InlineData("anna.sch")]
    [InlineData("anna.schmidt@mail")]
    [InlineData("schmidt")]
    [InlineData("shcmidt")]
    [InlineData("mail.example.org")]
    [InlineData("example.org")]
    [InlineData("@example.org")]
    [InlineData("example")]
    [InlineData("anna example")]
    public async Task An_address_is_found(string text)
    {
        await Keep("a", (SearchField.Email, "anna.schmidt@mail.example.org"));
        await Keep("b", (SearchField.Email, "bernd.maier@beispiel.net"));
        Assert.Equal(["a"], await Found(text));
    }

    [Theory]
    [InlineData("+4915112345678")]
    [InlineData("4915112345678")]
    [InlineData("004915112345678")]
    [InlineData("015112345678")]
    [InlineData("0151 / 123-456 78")]
    [InlineData("+49 (151) 12345678")]
    [InlineData("+49151")]
    [InlineData("5678")]
    [InlineData("45678")]
    [InlineData("anna 5678")]
    [InlineData("anna +49 151")]
    public async Task A_phone_number_is_found(string text)
    {
        await Keep("a", (SearchField.Name, "Anna"), (SearchField.Phone, "+4915112345678"));
        await Keep("b", (SearchField.Name, "Anna"), (SearchField.Phone, "+4930901820"));
        Assert.Equal(["a"], await Found(text));
    }

    [Fact]
    public async Task Whole_words_come_before_beginnings_before_typing_errors_then_by_field_then_the_newest()
    {
        await Keep("01", (SearchField.Name, "Schmitd"));
        await Keep("02", (SearchField.Name, "Schmidtke"));
        await Keep("03", (SearchField.Notes, "knows Schmidt"));
        await Keep("04", (SearchField.Company, "Schmidt GmbH"));
        await Keep("05", (SearchField.Email, "schmidt@example.org"));
        await Keep("06", (SearchField.Name, "Anna Schmidt"));
        await Keep("07", (SearchField.Name, "Bernd Schmidt"));
        Assert.Equal(["07", "06", "05", "04", "03", "02", "01"], await Found("schmidt"));
    }

    [Fact]
    public async Task A_hit_names_the_field_and_the_word_of_each_match()
    {
        await Keep("a", (SearchField.Name, "Jürgen Müller"), (SearchField.Phone, "+4915112345678"), (SearchField.Company, "Groß AG"));
        var hit = Assert.Single((await Search.Find(new SearchQuery(Scope, "grss 5678 müll"), Token)).Hits);
        Assert.Equal(
            [new SearchMatch(SearchField.Company, "gross"), new SearchMatch(SearchField.Phone, "4915112345678"), new SearchMatch(SearchField.Name, "muller")],
            hit.Matches);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repeat()
    {
        await Search.Keep([.. Enumerable.Range(100, 75).Select(n => Entry($"{n}", (SearchField.Name, n % 3 == 0 ? "Annabel" : "Anna")))], Token);
        var seen = new List<string>();
        SearchAnswer page;
        do
        {
            page = await Search.Find(new SearchQuery(Scope, "anna", 10, seen.Count), Token);
            seen.AddRange(page.Hits.Select(h => h.Id));
        }
        while (page.More);
        Assert.Equal(Enumerable.Range(100, 75).OrderBy(n => n % 3 == 0).ThenByDescending(n => n).Select(n => $"{n}"), seen);
    }

    [Fact]
    public async Task A_scope_does_not_see_another()
    {
        await Keep("a", (SearchField.Name, "Anna"));
        Assert.Empty((await Search.Find(new SearchQuery("companies", "anna"), Token)).Hits);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n ")]
    [InlineData("\0\u0001\u001f")]
    [InlineData("!?.,;:-_/()[]{}<>|\\\"'*%&$#+=~^`´")]
    [InlineData("@@@ ... @.@ +++ ---")]
    [InlineData("😀❤️🏳️‍🌈")]
    [InlineData("\u0301\u0302")]
    [InlineData("\u202e\u200b\u00ad\ufeff")]
    [InlineData("\ufffe\uffff")]
    [InlineData("\u0001anna\u0000bert")]
    [InlineData("a:b-c~d@e.f")]
    public async Task Nothing_to_look_for_finds_nothing(string text)
    {
        await Keep("a", (SearchField.Name, "Carla"));
        Assert.Empty(await Found(text));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_a_separator()
    {
        const char High = '\ud840';
        const char Low = '\udc00';
        await Keep("a", (SearchField.Name, $"Tim{High}Tom"), (SearchField.Notes, $"{Low}{Low}Ann{High}"));
        Assert.Equal(["a"], await Found($"{High}tom{High}tim{Low}ann{High}{High}"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("王")]
    [InlineData("ü")]
    [InlineData("half a pair")]
    [InlineData("a ")]
    [InlineData("1")]
    [InlineData("ﷺ")]
    [InlineData("a@")]
    public async Task Ten_thousand_characters_are_a_query_as_any_other(string piece)
    {
        await Keep("a", (SearchField.Name, "Carla"));
        var documents = new CountedDocuments(Documents);
        var text = string.Concat(Enumerable.Repeat(piece == "half a pair" ? "\ud83d" : piece, 10_000));
        var answer = await new DocumentSearch(documents).Find(new SearchQuery(Scope, text), Token);
        Assert.Empty(answer.Hits);
        Assert.InRange(documents.Queries, 0, 2 * 8 * 30);
    }

    [Fact]
    public async Task A_word_longer_than_a_key_is_kept_and_found()
    {
        var word = string.Concat(Enumerable.Repeat("ж", 5_000));
        await Keep("a", (SearchField.Notes, $"{word} short"));
        Assert.Equal(["a"], await Found(word));
        Assert.Equal(["a"], await Found("short"));
    }

    private Task Keep(string id, params (SearchField Field, string Text)[] texts) => Search.Keep([Entry(id, texts)], Token);

    private async Task<IEnumerable<string>> Found(string text) => (await Search.Find(new SearchQuery(Scope, text, 200), Token)).Hits.Select(h => h.Id);

    private static SearchEntry Entry(string id, params (SearchField Field, string Text)[] texts) => Entry(id, 0, texts);

    private static SearchEntry Entry(string id, int version, params (SearchField Field, string Text)[] texts) =>
        new(Scope, id, s_changedAt.AddMinutes(version), [.. texts.Select(t => new SearchText(t.Field, t.Text))]);
}
