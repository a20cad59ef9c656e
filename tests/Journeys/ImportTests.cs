using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>Files of customers: validated whole, taken in once, taken back.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private World _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    static ImportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public async ValueTask InitializeAsync() => _world = await World.Begin(("Company:Region", "DE"));

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_table_is_validated_first_and_taken_in_when_it_is_started()
    {
        const string File = "Kundennummer;Vorname;Nachname;E-Mail;Telefon;Ort;Straße;Tags;Notizen;Unbekannt\r\n"
            + "K-1;Anna;Müller;anna@example.org;0151 12345678;Berlin;Hauptstr. 1;vip, de;\"erste Zeile\r\nzweite; Zeile\";x\r\n"
            + "K-2;Ben;;ben@example.org | b@example.org;;;;;\"sagte \"\"ja\"\"\";\r\n";
        var made = await Send(File, "text/csv");
        await _world.Settle();
        var ready = await _world.Admin.Read($"/api/imports/{made.Text("id")}");
        Assert.Equal(("ready", "utf-8", ";"), (ready.Text("state"), ready.Text("charset"), ready.Text("separator")));
        Assert.Equal((2, 2, 0), Counts(ready, "rows", "valid", "rejected"));
        Assert.Equal(["externalId", "firstName", "lastName", "emails", "phones", "city", "street", "tags", "notes", null], ready["columns"]!.AsArray().Select(c => c!["field"]?.GetValue<string>()));
        Assert.Empty((await _world.Admin.Read("/api/customers")).Items());

        var done = await Act(made, "start");
        Assert.Equal(("done", 2), (done.Text("state"), done["counts"]!["created"]!.GetValue<int>()));
        var anna = Assert.Single((await _world.Admin.Read("/api/customers?externalId=K-1")).Items());
        Assert.Equal(("Anna Müller", "+4915112345678", "erste Zeile\r\nzweite; Zeile"), (anna.Text("name"), anna["phones"]![0]!.GetValue<string>(), anna.Text("notes")));
        Assert.Equal(("Berlin", "Hauptstr. 1"), (anna["addresses"]![0]!.Text("city"), anna["addresses"]![0]!["lines"]![0]!.GetValue<string>()));
        Assert.Equal(["vip", "de"], anna["tags"]!.AsArray().Select(t => t!.GetValue<string>()));
        var ben = Assert.Single((await _world.Admin.Read("/api/customers?email=b@example.org")).Items());
        Assert.Equal("sagte \"ja\"", ben.Text("notes"));
    }

    [Theory]
    [InlineData("utf-8", true, "utf-8")]
    [InlineData("utf-8", false, "utf-8")]
    [InlineData("windows-1252", false, "windows-1252")]
    public async Task The_charset_is_found(string charset, bool mark, string expected)
    {
        var encoding = Encoding.GetEncoding(charset);
        byte[] file = [.. mark ? [0xEF, 0xBB, 0xBF] : Array.Empty<byte>(), .. encoding.GetBytes("name,email\nJosé Ñandú – €,jose@example.org\n")];
        var done = await Settled(await Send(file, "text/csv", "?start=auto"));
        Assert.Equal(("done", expected), (done.Text("state"), done.Text("charset")));
        Assert.Equal("José Ñandú – €", Assert.Single((await _world.Admin.Read("/api/customers")).Items()).Text("name"));
    }

    [Fact]
    public async Task Lines_of_JSON_are_read_as_the_API_reads_them()
    {
        var done = await Settled(await Send("{\"name\":\"李娜\",\"emails\":[\"li@example.org\"],\"addresses\":[{\"lines\":[\"a\"],\"country\":\"CN\"}]}\n\n{\"name\":\"Ben\",\"colour\":\"red\"}\nno json\n", "application/x-ndjson", "?start=auto"));
        Assert.Equal((3, 1, 2), Counts(done, "rows", "created", "rejected"));
        var rejected = (await _world.Admin.Read($"/api/imports/{done.Text("id")}/rejected")).Items().ToList();
        Assert.Equal([2, 3], rejected.Select(r => r["row"]!.GetValue<int>()));
        Assert.Equal("/colour", rejected[0]["errors"]![0]!.Text("pointer"));
    }

    [Fact]
    public async Task Rows_that_are_not_taken_are_kept_with_their_reasons()
    {
        const string File = "name,email,phone,id\nAnn,ann@example.org,,1\nNo mail,nobody,,2\nShort,s@example.org\nLong,l@example.org,,4,5\nTwin,twin@example.org,,1\n\"Odd\"quote,o@example.org,,6\nGood,g@example.org,+4915112345678,7\nBad phone,p@example.org,AMAZON,8\n=cmd(),nobody,,9\n";
        var done = await Settled(await Send(File, "text/csv", "?start=auto"));
        Assert.Equal((9, 2, 7), Counts(done, "rows", "created", "rejected"));
        var page = await _world.Admin.Read($"/api/imports/{done.Text("id")}/rejected?limit=3");
        var all = page.Items().Concat((await _world.Admin.Read($"/api/imports/{done.Text("id")}/rejected?limit=200&cursor={page.Text("nextCursor")}")).Items()).ToList();
        Assert.Equal([2, 3, 4, 5, 6, 8, 9], all.Select(r => r["row"]!.GetValue<int>()));
        Assert.Equal("/emails/0", all[0]["errors"]![0]!.Text("pointer"));
        Assert.Equal("expected 4 fields, found 2", all[1]["errors"]![0]!.Text("detail"));
        Assert.Contains("row 1", all[3]["errors"]![0]!.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("/phones/0", all[5]["errors"]![0]!.Text("pointer"));
        var file = await _world.Admin.GetStringAsync($"/api/imports/{done.Text("id")}/rejected-file", Token);
        Assert.Contains("nobody", file, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd()", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_there_already_is_changed_and_the_same_again_changes_nothing()
    {
        var ann = (await _world.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "ann@example.org" }, tags = new[] { "old" }, notes = "kept" })).Text("id");
        var taken = (await _world.Admin.Make("/api/customers", new { name = "Other", emails = new[] { "other@example.org" }, externalId = "O-1" })).Text("id");
        const string File = "email,name,tags,id\nANN@example.org,Ann Example,new,A-1\nother@example.org,Thief,,X-1\n";
        var done = await Settled(await Send(File, "text/csv", "?start=auto"));
        Assert.Equal((0, 1, 1), Counts(done, "created", "changed", "refused"));
        var again = Assert.Single((await _world.Admin.Read($"/api/imports/{done.Text("id")}/rejected")).Items());
        Assert.Contains(taken, again["errors"]![0]!.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(ann, Assert.Single((await _world.Admin.Read("/api/customers?externalId=A-1")).Items()).Text("id"));
    }

    [Fact]
    public async Task A_row_finds_its_customer_by_key_or_address_and_adds_to_it()
    {
        var ann = (await _world.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "ann@example.org" }, tags = new[] { "old" }, notes = "kept", externalId = "A-1" })).Text("id");
        const string File = "id,name,tags,phone\nA-1,Ann Example,new,\n";
        var first = await Settled(await Send(File, "text/csv", "?start=auto"));
        Assert.Equal((0, 1, 0), Counts(first, "created", "changed", "unchanged"));
        var read = await _world.Admin.Read($"/api/customers/{ann}");
        Assert.Equal(("Ann Example", "kept", "ann@example.org"), (read.Text("name"), read.Text("notes"), read["emails"]![0]!.GetValue<string>()));
        Assert.Equal(["old", "new"], read["tags"]!.AsArray().Select(t => t!.GetValue<string>()));
        var second = await Settled(await Send(File, "text/csv", "?start=auto"));
        Assert.Equal((0, 0, 1), Counts(second, "created", "changed", "unchanged"));
        var third = await Settled(await Send("name,email\nAnn Third,Ann@Example.org\n", "text/csv", "?start=auto"));
        Assert.Equal((0, 1, 0), Counts(third, "created", "changed", "unchanged"));
        Assert.Single((await _world.Admin.Read("/api/customers")).Items());
    }

    [Fact]
    public async Task What_was_taken_in_is_taken_back_unless_somebody_changed_it_since()
    {
        var ann = (await _world.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "ann@example.org" }, tags = new[] { "old" } })).Text("id");
        var rows = string.Concat(Enumerable.Range(0, 450).Select(i => $"Person {i},p{i}@example.org,x\n"));
        var made = await Settled(await Send("name,email,tags\nAnn Example,ann@example.org,new\n" + rows, "text/csv", "?start=auto"));
        Assert.Equal((451, 450, 1), Counts(made, "rows", "created", "changed"));
        var touched = Assert.Single((await _world.Admin.Read("/api/customers?email=p7@example.org")).Items()).Text("id");
        using (var read = await _world.Admin.GetAsync($"/api/customers/{touched}", Token))
        {
            using var change = new HttpRequestMessage(HttpMethod.Patch, $"/api/customers/{touched}") { Content = new StringContent("""{"notes":"called"}""", Encoding.UTF8, "application/merge-patch+json") };
            change.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
            (await _world.Admin.SendAsync(change, Token)).EnsureSuccessStatusCode();
        }
        var back = await Act(made, "revert");
        Assert.Equal("reverted", back.Text("state"));
        Assert.Equal((449, 1, 1), Counts(back, "deleted", "restored", "left"));
        Assert.Equal(new[] { ann, touched }.Order(StringComparer.Ordinal), (await _world.Admin.Read("/api/customers?limit=200")).Items().Select(c => c.Text("id")).Order(StringComparer.Ordinal));
        var read2 = await _world.Admin.Read($"/api/customers/{ann}");
        Assert.Equal(("Ann", "old"), (read2.Text("name"), Assert.Single(read2["tags"]!.AsArray())!.GetValue<string>()));
        Assert.Equal("reverted", (await Act(back, "revert")).Text("state"));
        await _world.Admin.Make($"/api/imports/{made.Text("id")}/start", new { }, HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("", 201, "", "The file has no rows.")]
    [InlineData("utf-16", 201, "name\nAnn\n", "The file is neither UTF-8 nor windows-1252")]
    [InlineData("", 201, "name,email\n", "The file has no rows.")]
    [InlineData("", 201, "colour,size\nred,7\n", "expected a column with a name")]
    [InlineData("", 201, "name,Name\nAnn,Ben\n", "expected each column once")]
    [InlineData("", 201, "name,kunde\nAnn,Ben\n", "expected one column for name")]
    [InlineData("", 201, "name\n\"never closed\n", "")]
    [InlineData("", 201, "name\nAnn\0Ben\n", "The file is neither UTF-8 nor windows-1252")]
    public async Task A_file_that_cannot_be_read_fails_in_words(string charset, int status, string file, string error)
    {
        var bytes = charset == "utf-16" ? [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(file)] : Encoding.UTF8.GetBytes(file);
        if (bytes.Length == 0)
        {
            using var refused = await Post(bytes, "text/csv", "");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            return;
        }
        Assert.Equal(201, status);
        var read = await Settled(await Send(bytes, "text/csv", "?start=auto"));
        if (error.Length == 0)
        {
            Assert.Equal((1, 1), (read["counts"]!["rows"]!.GetValue<int>(), read["counts"]!["rejected"]!.GetValue<int>()));
            return;
        }
        Assert.Equal("failed", read.Text("state"));
        Assert.Contains(error, read.Text("error"), StringComparison.Ordinal);
        Assert.Empty((await _world.Admin.Read("/api/customers")).Items());
    }

    [Fact]
    public async Task A_field_of_ten_megabytes_stops_the_file_before_anything_is_written()
    {
        var read = await Settled(await Send($"name,notes\nAnn,x\nBen,\"{new string('x', 10_000_000)}\"\n", "text/csv", "?start=auto"));
        Assert.Equal("failed", read.Text("state"));
        Assert.StartsWith("Row 2 cannot be read", read.Text("error"), StringComparison.Ordinal);
        Assert.Empty((await _world.Admin.Read("/api/customers")).Items());
    }

    [Theory]
    [InlineData("import-type", "application/json", "")]
    [InlineData("import-parameter", "text/csv", "?begin=now")]
    [InlineData("import-start", "text/csv", "?start=later")]
    [InlineData("import-mapping", "text/csv", "?mapping=%5B%5D")]
    [InlineData("import-mapping-field", "text/csv", "?mapping=%7B%22a%22%3A%22shoe%22%7D")]
    public async Task A_faulty_request_is_refused_by_name(string fault, string type, string query)
    {
        var before = await _world.Versions("catalog");
        using var answer = await Post("name\nAnn\n"u8.ToArray(), type, query);
        Assert.Equal(before, await _world.Versions("catalog"));
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!.AsObject();
        problem.Remove("traceId");
        Golden.Match($"problems/{fault}.json", Encoding.UTF8.GetBytes(problem.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n"));
    }

    [Fact]
    public async Task A_mapping_of_the_caller_s_own_comes_first()
    {
        var mapping = Uri.EscapeDataString("""{"Who":"name","Shop no":"externalId","name":"","Size":"custom.size"}""");
        await _world.Admin.Make("/api/custom-fields", new { of = "customer", name = "size", schema = new { type = "number" } });
        var done = await Settled(await Send("Who,Shop no,name,Size\nAnn,7,ignored,38.5\nBen,8,ignored,big\n", "text/csv", $"?start=auto&mapping={mapping}"));
        Assert.Equal((2, 1, 1), Counts(done, "rows", "created", "rejected"));
        var ann = Assert.Single((await _world.Admin.Read("/api/customers?externalId=7")).Items());
        Assert.Equal(("Ann", 38.5m), (ann.Text("name"), ann["custom"]!["size"]!.GetValue<decimal>()));
        Assert.Equal("/custom/size", (await _world.Admin.Read($"/api/imports/{done.Text("id")}/rejected")).Items().Single()["errors"]![0]!.Text("pointer"));
    }

    [Fact]
    public async Task What_is_cancelled_does_not_start()
    {
        var made = await Send("name\nAnn\n", "text/csv");
        await _world.Settle();
        Assert.Equal("cancelled", (await Act(made, "cancel")).Text("state"));
        await _world.Admin.Make($"/api/imports/{made.Text("id")}/start", new { }, HttpStatusCode.Conflict);
        Assert.Empty((await _world.Admin.Read("/api/customers")).Items());
        Assert.Single((await _world.Admin.Read("/api/imports")).Items());
        await _world.Admin.Read("/api/imports/nothing", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_export_is_a_file_that_an_import_reads_back()
    {
        await _world.Admin.Make("/api/customers", new { name = "=HYPERLINK(1)", emails = new[] { "a@example.org" }, tags = new[] { "x" } });
        for (var i = 0; i < 5; i++) await _world.Admin.Make("/api/customers", new { name = $"Person, \"{i}\"", emails = new[] { $"p{i}@example.org", $"q{i}@example.org" }, owner = i < 3 ? "bob" : null, externalId = $"E-{i}" });
        await _world.Settle();
        var csv = await Exported(new { format = "csv" });
        Assert.Equal(7, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain(",=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.Contains("\"Person, \"\"0\"\"\"", csv, StringComparison.Ordinal);
        Assert.Equal(3, (await Exported(new { format = "ndjson", owner = "bob" })).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var read = await Settled(await Send(csv, "text/csv", "?start=auto"));
        Assert.Equal((6, 0, 0), Counts(read, "rows", "created", "rejected"));
        Assert.Equal(5, read["counts"]!["unchanged"]!.GetValue<int>());
    }

    private async Task<string> Exported(object wish)
    {
        var made = await _world.Admin.Make("/api/exports", wish);
        await _world.Settle();
        Assert.Equal("done", (await _world.Admin.Read($"/api/exports/{made.Text("id")}")).Text("state"));
        using var file = await _world.Admin.GetAsync($"/api/exports/{made.Text("id")}/file", Token);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        return await file.Content.ReadAsStringAsync(Token);
    }

    private Task<JsonObject> Send(string file, string type, string query = "") => Send(Encoding.UTF8.GetBytes(file), type, query);

    private async Task<JsonObject> Send(byte[] file, string type, string query = "")
    {
        using var answer = await Post(file, type, query);
        return await answer.Json(HttpStatusCode.Created);
    }

    private async Task<HttpResponseMessage> Post(byte[] file, string type, string query)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await _world.Admin.PostAsync("/api/imports" + query, content, Token);
    }

    private async Task<JsonObject> Settled(JsonObject import)
    {
        await _world.Settle();
        return await _world.Admin.Read($"/api/imports/{import.Text("id")}");
    }

    private async Task<JsonObject> Act(JsonObject import, string action)
    {
        await _world.Admin.Make($"/api/imports/{import.Text("id")}/{action}", new { }, HttpStatusCode.Accepted);
        return await Settled(import);
    }

    private static (int, int, int) Counts(JsonObject import, string one, string two, string three) =>
        (import["counts"]![one]!.GetValue<int>(), import["counts"]![two]!.GetValue<int>(), import["counts"]![three]!.GetValue<int>());
}
