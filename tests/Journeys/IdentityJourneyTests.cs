using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Customers;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>Identities that come and go one by one, and ids that are a company's or a deleted customer's.</summary>
public sealed class IdentityJourneyTests : IAsyncLifetime
{
    private World _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await World.Begin(("Company:Region", "DE"));

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("email", "A.nn@googlemail.com", "email=ann@gmail.com")]
    [InlineData("phone", "0151 12345678", "phone=%2B4915112345678")]
    [InlineData("own", " C-1 ", "externalId=C-1")]
    public async Task One_identity_is_added_found_taken_off_and_free(string type, string value, string query)
    {
        var id = (await _world.Admin.Make("/api/customers", new { name = "Ann" })).Text("id");
        var known = await Add(id, type, value);
        Assert.Equal(known.Text("id"), (await Add(id, type, value)).Text("id"));
        Assert.Equal(known.Text("key"), Assert.Single((await _world.Admin.Read($"/api/customers/{id}/identities")).Items()).Text("key"));
        Assert.Equal(id, Assert.Single((await _world.Admin.Read($"/api/customers?{query}")).Items()).Text("id"));

        var other = (await _world.Admin.Make("/api/customers", new { name = "Ben" })).Text("id");
        var refused = await Add(other, type, value, HttpStatusCode.Conflict);
        Assert.Equal("/value", refused["errors"]![0]!.Text("pointer"));
        Assert.Contains(id, refused.Text("detail"), StringComparison.Ordinal);

        var path = $"/api/customers/{id}/identities/{known.Text("id")}";
        Assert.Equal(HttpStatusCode.PreconditionRequired, await Delete(path, null));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await Delete(path, "\"another\""));
        Assert.Equal(HttpStatusCode.NoContent, await Delete(path, await ETagOf(id)));
        Assert.Equal(HttpStatusCode.NotFound, await Delete(path, await ETagOf(id)));
        Assert.Empty((await _world.Admin.Read($"/api/customers?{query}")).Items());
        await Add(other, type, value);
        Assert.Equal(other, Assert.Single((await _world.Admin.Read($"/api/customers?{query}")).Items()).Text("id"));
    }

    [Fact]
    public async Task The_last_by_which_somebody_could_be_called_stays()
    {
        var id = (await _world.Admin.Make("/api/customers", new { emails = new[] { "ann@example.org" } })).Text("id");
        var only = (await _world.Admin.Read($"/api/customers/{id}/identities")).Items().Single().Text("id");
        Assert.Equal(HttpStatusCode.Conflict, await Delete($"/api/customers/{id}/identities/{only}", await ETagOf(id)));
        await Add(id, "phone", "+4915112345678");
        Assert.Equal(HttpStatusCode.NoContent, await Delete($"/api/customers/{id}/identities/{only}", await ETagOf(id)));
    }

    [Theory]
    [InlineData("fax", "1", "/type")]
    [InlineData("email", "nobody", "/value")]
    [InlineData("phone", "Alice", "/value")]
    [InlineData("external", "no-colon", "/value")]
    [InlineData("own", "  ", "/value")]
    public async Task What_is_no_identity_is_refused_in_its_place(string type, string value, string pointer)
    {
        var id = (await _world.Admin.Make("/api/customers", new { name = "Ann" })).Text("id");
        Assert.Equal(pointer, (await Add(id, type, value, HttpStatusCode.BadRequest))["errors"]![0]!.Text("pointer"));
    }

    [Fact]
    public async Task Of_own_keys_a_customer_has_one()
    {
        var id = (await _world.Admin.Make("/api/customers", new { name = "Ann", externalId = "C-1" })).Text("id");
        await Add(id, "own", "C-2", HttpStatusCode.Conflict);
        Assert.Equal("C-1", (await _world.Admin.Read($"/api/customers/{id}")).Text("externalId"));
    }

    [Fact]
    public async Task The_same_address_added_at_once_stays_the_customer_s()
    {
        var id = (await _world.Admin.Make("/api/customers", new { name = "Ann" })).Text("id");
        for (var round = 0; round < 5; round++)
        {
            var address = $"ann{round}@example.org";
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _world.Admin.PostAsync($"/api/customers/{id}/identities", Body("email", address), Token)));
            await Add(id, "email", address);
            Assert.Equal(id, Assert.Single((await _world.Admin.Read($"/api/customers?email={address}")).Items()).Text("id"));
        }
    }

    [Fact]
    public async Task An_address_whose_customer_was_never_written_is_not_taken_by_one_that_exists()
    {
        var id = (await _world.Admin.Make("/api/customers", new { name = "Ann" })).Text("id");
        var identity = Identity.Email("lost@example.org")!;
        var lost = Ids.New(_world.Clock);
        var binding = new JsonObject { ["id"] = identity.DocumentId, ["customerId"] = lost, ["type"] = "email", ["value"] = identity.Value, ["name"] = "Lost", ["source"] = "api", ["seenAt"] = UtcTimestamps.Text(World.Start) };
        await _world.Documents.Put(new DocumentWrite(CustomerDirectory.KeyOf(identity), JsonSerializer.SerializeToUtf8Bytes(binding)), Token);

        await Add(id, "email", "lost@example.org", HttpStatusCode.Conflict);
        Assert.Empty((await _world.Admin.Read($"/api/customers/{id}/identities")).Items());
        Assert.Equal(lost, (await _world.Admin.Make("/api/customers", new { emails = new[] { "lost@example.org" } })).Text("id"));
    }

    [Fact]
    public async Task A_company_is_no_customer_and_a_deleted_customer_has_no_new_cases()
    {
        var company = (await _world.Admin.Make("/api/companies", new { name = "Acme" })).Text("id");
        await _world.Admin.Read($"/api/customers/{company}", HttpStatusCode.NotFound);
        await _world.Admin.Read($"/api/customers/{company}/identities", HttpStatusCode.NotFound);
        await _world.Admin.Make($"/api/customers/{company}/restore", new { }, HttpStatusCode.NotFound);

        var deleted = (await _world.Admin.Make("/api/customers", new { name = "Ann" })).Text("id");
        Assert.Equal(HttpStatusCode.NoContent, await Delete($"/api/customers/{deleted}", await ETagOf(deleted)));
        foreach (var id in new[] { company, deleted })
        {
            var refused = await _world.Admin.Make("/api/cases", new { customerId = id, subject = "Help" }, HttpStatusCode.BadRequest);
            Assert.Equal("/customerId", refused["errors"]![0]!.Text("pointer"));
            await _world.Admin.Make("/api/events", new { id = "e-" + id, type = "order.placed", customer = new { customerId = id } }, HttpStatusCode.UnprocessableEntity);
        }
    }

    [Fact]
    public async Task Customers_are_found_by_their_keys_and_by_what_their_company_is_called_now()
    {
        var company = (await _world.Admin.Make("/api/companies", new { name = "Wolkenstein" })).Text("id");
        var ann = (await _world.Admin.Make("/api/customers", new { name = "Ann", companyId = company, externalId = "KD4711", handles = new[] { "shop:nickname" } })).Text("id");
        await _world.Admin.Make("/api/customers", new { name = "Ben" });
        await _world.Settle();
        foreach (var word in new[] { "wolkenstein", "kd4711", "nickname" }) Assert.Equal([ann], await Found(word));

        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        using var read = await _world.Admin.GetAsync($"/api/companies/{company}", Token);
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/companies/{company}") { Content = new StringContent("""{"name":"Zirbelholz"}""", Encoding.UTF8, "application/merge-patch+json") };
        patch.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        using var answer = await _world.Admin.SendAsync(patch, Token);
        await answer.Json(HttpStatusCode.OK);
        await _world.Settle();
        Assert.Equal([ann], await Found("zirbelholz"));
        Assert.Empty(await Found("wolkenstein"));
    }

    [Fact]
    public async Task Who_was_deleted_is_not_found_even_before_the_search_hears_of_it()
    {
        var id = (await _world.Admin.Make("/api/customers", new { name = "Wolkenstein" })).Text("id");
        await _world.Settle();
        Assert.Equal([id], await Found("wolkenstein"));
        Assert.Equal(HttpStatusCode.NoContent, await Delete($"/api/customers/{id}", await ETagOf(id)));
        Assert.Empty(await Found("wolkenstein"));
    }

    private async Task<IEnumerable<string>> Found(string word) => (await _world.Admin.Read($"/api/customers?q={word}")).Items().Select(c => c.Text("id"));

    private Task<JsonObject> Add(string id, string type, string value, HttpStatusCode expected = HttpStatusCode.Created) =>
        _world.Admin.Make($"/api/customers/{id}/identities", new { type, value }, expected);

    private static StringContent Body(string type, string value) => new(JsonSerializer.Serialize(new { type, value }), Encoding.UTF8, "application/json");

    private async Task<string> ETagOf(string id)
    {
        using var read = await _world.Admin.GetAsync($"/api/customers/{id}", Token);
        return read.Headers.ETag!.Tag;
    }

    private async Task<HttpStatusCode> Delete(string path, string? etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", etag);
        using var answer = await _world.Admin.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
