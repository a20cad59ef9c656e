using System.Net;
using System.Text;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>Customers and companies by name, owner, company, tag and change; fields of the company's own.</summary>
public sealed class CustomerListTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.Begin(("Company:Region", "DE"));

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_person_keeps_all_that_is_said_of_them()
    {
        var company = (await _world.Admin.Make("/api/companies", new { name = "Acme", domains = new[] { "ACME.example" }, externalId = "B-7", addresses = new[] { new { lines = new[] { "Main Street 1" }, city = "Berlin", country = "DE" } } })).Text("id");
        await _world.Admin.Make("/api/custom-fields", new { of = "customer", name = "shoeSize", schema = new { type = "number", minimum = 10 } });
        var made = await _world.Admin.Make("/api/customers", new
        {
            name = "Ann",
            emails = new[] { "a.nn+shop@gmail.com" },
            phones = new[] { "0151 12345678" },
            externalId = " C-1 ",
            companyId = company,
            owner = "bob",
            notes = "Likes blue.",
            addresses = new[] { new { lines = new[] { "High Street 2", "Flat 3" }, postalCode = "10115", city = "Berlin", country = "DE", label = "home" } },
            custom = new { shoeSize = 38.5 },
        });
        var read = await _world.Admin.Read($"/api/customers/{made.Text("id")}");
        Assert.Equal(("C-1", company, "bob", "Likes blue."), (read.Text("externalId"), read.Text("companyId"), read.Text("owner"), read.Text("notes")));
        Assert.Equal(("a.nn+shop@gmail.com", "+4915112345678"), (read["emails"]![0]!.GetValue<string>(), read["phones"]![0]!.GetValue<string>()));
        Assert.Equal((38.5m, "10115"), (read["custom"]!["shoeSize"]!.GetValue<decimal>(), read["addresses"]![0]!.Text("postalCode")));
        Assert.Equal(made.Text("id"), Assert.Single((await _world.Admin.Read("/api/customers?externalId=C-1")).Items()).Text("id"));
        Assert.Equal(made.Text("id"), Assert.Single((await _world.Admin.Read("/api/customers?email=ann@googlemail.com")).Items()).Text("id"));
        Assert.Equal(made.Text("id"), Assert.Single((await _world.Admin.Read("/api/customers?phone=0151%2012345678")).Items()).Text("id"));
        Assert.Equal(["ann@gmail.com", "+4915112345678", "C-1"], (await _world.Admin.Read($"/api/customers/{made.Text("id")}/identities")).Items().Select(i => i.Text("key")));

        await _world.Settle();
        foreach (var word in new[] { "acme", "blue", "a.nn" }) Assert.Single((await _world.Admin.Read($"/api/customers?q={word}")).Items());
        Assert.Equal("Acme", Assert.Single((await _world.Admin.Read("/api/companies?externalId=B-7")).Items()).Text("name"));
        await _world.Admin.Read($"/api/customers/{company}", HttpStatusCode.NotFound);
        await _world.Admin.Read($"/api/companies/{made.Text("id")}", HttpStatusCode.NotFound);
        await _world.Admin.Make("/api/cases", new { customerId = company, subject = "Nobody's" }, HttpStatusCode.BadRequest);
        await Change(HttpMethod.Delete, $"/api/companies/{company}", null, HttpStatusCode.Conflict);
        await Change(HttpMethod.Patch, $"/api/customers/{made.Text("id")}", """{"companyId":null}""", HttpStatusCode.OK);
        await _world.Settle();
        await Change(HttpMethod.Delete, $"/api/companies/{company}", null, HttpStatusCode.NoContent);
        await _world.Admin.Read($"/api/companies/{company}", HttpStatusCode.NotFound);
        await _world.Admin.Make("/api/companies", new { name = "Next", externalId = "B-7" });
    }

    [Fact]
    public async Task An_address_that_many_share_is_carried_and_names_nobody()
    {
        foreach (var name in new[] { "Ann", "Ben" }) await _world.Admin.Make("/api/customers", new { name, emails = new[] { "info@acme.example" } });
        Assert.Empty((await _world.Admin.Read("/api/customers?email=info@acme.example")).Items());
        var (one, two) = (await _world.Connect("one"), await _world.Connect("two"));
        foreach (var sender in new[] { one, one, two }) await sender.Deliver(StandardSender.Message("info@acme.example", "Hello", World.Start));
        await _world.Settle();
        var all = (await _world.Admin.Read("/api/customers")).Items().ToList();
        Assert.Equal(4, all.Count);
        Assert.All(all, c => Assert.Equal("info@acme.example", c["emails"]![0]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_key_of_the_company_s_own_is_one_customer_s()
    {
        var ann = (await _world.Admin.Make("/api/customers", new { name = "Ann", externalId = "C-1" })).Text("id");
        var refused = await _world.Admin.Make("/api/customers", new { name = "Ben", externalId = "C-1" }, HttpStatusCode.Conflict);
        Assert.Equal("/externalId", refused["errors"]![0]!.Text("pointer"));
        await Change(HttpMethod.Patch, $"/api/customers/{ann}", """{"externalId":"C-2"}""", HttpStatusCode.OK);
        await _world.Admin.Make("/api/customers", new { name = "Ben", externalId = "C-1" });
        var company = await _world.Admin.Make("/api/companies", new { name = "Acme", externalId = "C-1" });
        refused = await _world.Admin.Make("/api/companies", new { name = "Other", externalId = "C-1" }, HttpStatusCode.Conflict);
        Assert.EndsWith(company.Text("id"), refused["errors"]![0]!.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_follow_every_filter_and_sort()
    {
        foreach (var (name, owner, tags, language) in new[] { ("Ann", "bob", new[] { "vip", "de" }, "de"), ("ben", "bob", ["vip"], "en"), ("Carl", "eve", ["vip"], "de"), ("anna", "eve", [], "de") })
        {
            await _world.Admin.Make("/api/customers", new { name, owner, tags, language });
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await _world.Settle();
        Assert.Equal(["Ann", "anna", "ben", "Carl"], await Names("?sort=name"));
        Assert.Equal(["Carl", "ben", "anna", "Ann"], await Names("?sort=-name"));
        Assert.Equal(["anna", "Ann"], await Names("?name=AN"));
        Assert.Equal(["Ann", "anna"], await Names("?name=an&sort=name"));
        Assert.Equal(["ben", "Ann"], await Names("?owner=bob"));
        Assert.Equal(["Carl", "ben", "Ann"], await Names("?tag=vip"));
        Assert.Equal(["Ann"], await Names("?tag=vip&owner=bob&language=de"));
        Assert.Equal(["anna", "Carl", "Ann"], await Names("?language=de"));
        Assert.Equal(["Carl", "anna"], await Names("?owner=eve&sort=createdAt"));

        var ann = (await _world.Admin.Read("/api/customers?owner=bob&sort=name")).Items().First().Text("id");
        await Change(HttpMethod.Patch, $"/api/customers/{ann}", """{"owner":"eve","tags":["de"],"name":"Zoe"}""", HttpStatusCode.OK);
        await _world.Settle();
        Assert.Equal(["ben"], await Names("?owner=bob"));
        Assert.Equal(["Carl", "ben"], await Names("?tag=vip"));
        Assert.Equal(["Zoe", "Carl", "anna"], await Names("?owner=eve&sort=-name"));
        Assert.Equal("Zoe", (await Names("?sort=-changedAt"))[0]);
        Assert.Equal(["Zoe"], await Names($"?sort=changedAt&changedAt[gte]={World.Start.AddSeconds(4):O}".Replace("+", "%2B", StringComparison.Ordinal)));
        await Change(HttpMethod.Delete, $"/api/customers/{ann}", null, HttpStatusCode.NoContent);
        Assert.DoesNotContain("Zoe", await Names("?sort=name"));
        await _world.Settle();
        Assert.Equal(["Carl", "anna"], await Names("?owner=eve&sort=-name"));
    }

    [Fact]
    public async Task A_list_is_continued_while_customers_come_and_change()
    {
        for (var i = 0; i < 9; i++) await _world.Admin.Make("/api/customers", new { name = $"Person {i}", owner = "bob" });
        await _world.Settle();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _world.Admin.Read($"/api/customers?owner=bob&sort=name&limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.Items().Select(c => c.Text("name")));
            cursor = page["nextCursor"]?.GetValue<string>();
            await _world.Admin.Make("/api/customers", new { name = $"A newcomer {seen.Count}", owner = "bob" });
            await _world.Settle();
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"Person {i}"), seen);
    }

    [Fact]
    public async Task Custom_values_are_held_against_what_is_declared()
    {
        await _world.Admin.Make("/api/custom-fields", new { of = "customer", name = "size", schema = new { type = "object", required = new[] { "unit" } } });
        await _world.Admin.Make("/api/custom-fields", new { of = "company", name = "vat", schema = new { type = "string", pattern = "^[A-Z]{2}[0-9]+$" } });
        await _world.Admin.Make("/api/custom-fields", new { of = "customer", name = "size" }, HttpStatusCode.Conflict);
        var refused = await _world.Admin.Make("/api/customers", new { name = "Ann", custom = new { size = new { }, vat = "x" } }, HttpStatusCode.BadRequest);
        Assert.Equal(["/custom/size/unit", "/custom/vat"], refused["errors"]!.AsArray().Select(e => e!.Text("pointer")));
        refused = await _world.Admin.Make("/api/companies", new { name = "Acme", custom = new { vat = "x" } }, HttpStatusCode.BadRequest);
        Assert.Equal("/custom/vat", refused["errors"]![0]!.Text("pointer"));
        await _world.Admin.Make("/api/companies", new { name = "Acme", custom = new { vat = "DE123" } });
    }

    [Fact]
    public async Task In_a_batch_each_customer_has_its_own_answer()
    {
        var answer = await _world.Admin.Make("/api/customers/batch", new { items = new object[] { new { name = "Ann", emails = new[] { "ann@example.org" } }, new { name = "Twin", emails = new[] { "ben@example.org" } }, new { tags = new[] { "x" } }, new { name = "Lost", companyId = "nobody" } } }, HttpStatusCode.OK);
        Assert.Equal([201, 201, 400, 400], answer.Items().Select(i => i["status"]!.GetValue<int>()));
        Assert.Equal("/companyId", answer.Items().Last()["problem"]!["errors"]![0]!.Text("pointer"));
    }

    private async Task<string[]> Names(string query) => [.. (await _world.Admin.Read("/api/customers" + query)).Items().Select(c => c.Text("name"))];

    private async Task Change(HttpMethod method, string path, string? patch, HttpStatusCode expected)
    {
        using var read = await _world.Admin.GetAsync(path, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        if (patch is not null) request.Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json");
        using var answer = await _world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }
}
