using System.Net;
using System.Text.Json.Nodes;
using Crm.Customers;
using Crm.Model;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>A deleted customer is gone for readers, blocks nobody's address, and can come back.</summary>
public sealed class DeletedCustomerTests
{
    [Fact]
    public async Task Deleted_it_is_in_no_list_no_search_and_at_no_address_and_what_happened_stays()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await sender.Deliver(StandardSender.Message("ann@example.org", "Where is it?", World.Start, name: "Ann"));
        await world.Settle();
        var id = (await world.Admin.Read("/api/customers")).Items().Single().Text("id");

        await Delete(world, id);
        await world.Settle();

        foreach (var path in (string[])["/api/customers", "/api/customers?email=ann@example.org", "/api/customers?q=ann"])
            Assert.Empty((await world.Admin.Read(path)).Items());
        foreach (var path in (string[])["", "/timeline"])
            await world.Admin.Read($"/api/customers/{id}{path}", HttpStatusCode.NotFound);

        await world.Admin.Make("/api/cases", new { customerId = id, subject = "Too late" }, HttpStatusCode.BadRequest);

        var restored = await Restore(world, id, HttpStatusCode.OK);
        Assert.False(restored.ContainsKey("deletedAt"));
        await world.Settle();
        Assert.Equal(id, (await world.Admin.Read("/api/customers?q=ann")).Items().Single().Text("id"));
        Assert.Equal(id, (await world.Admin.Read("/api/customers?email=ann@example.org")).Items().Single().Text("id"));
        Assert.Single((await world.Admin.Read($"/api/customers/{id}/timeline")).Items());
    }

    [Fact]
    public async Task Its_address_can_be_anybody_s_at_once()
    {
        await using var world = await World.Begin();
        var first = await Ann(world);
        await Delete(world, first);
        var second = await Ann(world);
        Assert.NotEqual(first, second);

        var refused = await Restore(world, first, HttpStatusCode.Conflict);
        Assert.Equal("/emails/0", refused["errors"]![0]!.Text("pointer"));
        Assert.Contains(second, refused["errors"]![0]!.Text("detail"), StringComparison.Ordinal);
        Assert.NotNull((await Restore(world, first, HttpStatusCode.OK, """{"withoutTakenAddresses":true}"""))["phones"]);
        Assert.Equal(second, (await world.Admin.Read("/api/customers?email=ann@example.org")).Items().Single().Text("id"));
    }

    [Fact]
    public async Task A_message_from_the_address_of_a_deleted_customer_makes_a_new_one()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        var first = await Ann(world);
        await Delete(world, first);
        await sender.Deliver(StandardSender.Message("ann@example.org", "Hello again", World.Start));
        await world.Settle();
        var second = (await world.Admin.Read("/api/customers")).Items().Single().Text("id");
        Assert.NotEqual(first, second);
        Assert.Single((await world.Admin.Read($"/api/customers/{second}/timeline")).Items());
    }

    [Fact]
    public async Task A_deletion_that_was_cut_short_blocks_nobody()
    {
        await using var world = await World.Begin();
        var first = await Ann(world);
        // What is left when the process dies after the customer and before the addresses.
        var stored = await world.Documents.Get(CustomerDirectory.KeyOf(first), ModelJson.Crm.Customer, TestContext.Current.CancellationToken);
        await world.Documents.Put(CustomerDirectory.KeyOf(first), stored!.Value.Delete(World.Start), ModelJson.Crm.Customer, TestContext.Current.CancellationToken);

        var second = await Ann(world);
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await world.Admin.Read("/api/customers?email=ann@example.org")).Items().Single().Text("id"));
    }

    [Fact]
    public async Task To_delete_needs_the_version_that_was_read()
    {
        await using var world = await World.Begin();
        var id = await Ann(world);
        using var without = await world.Admin.DeleteAsync($"/api/customers/{id}", TestContext.Current.CancellationToken);
        Assert.Equal("/problems/precondition-required", (await without.Json((HttpStatusCode)428)).Text("type"));
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/customers/{id}");
        request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        using var lost = await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("/problems/precondition-failed", (await lost.Json(HttpStatusCode.PreconditionFailed)).Text("type"));
        await world.Admin.Read($"/api/customers/{id}");
    }

    private static async Task<string> Ann(World world) =>
        (await world.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "ann@example.org" }, phones = Array.Empty<string>() })).Text("id");

    private static async Task Delete(World world, string id)
    {
        using var read = await world.Admin.GetAsync($"/api/customers/{id}", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/customers/{id}");
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        using var answer = await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<JsonObject> Restore(World world, string id, HttpStatusCode expected, string body = "{}")
    {
        using var answer = await world.Admin.PostAsync($"/api/customers/{id}/restore", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        return await answer.Json(expected);
    }
}
