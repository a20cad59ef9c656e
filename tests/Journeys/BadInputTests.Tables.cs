using System.Net;
using System.Text;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

public sealed partial class BadInputTests
{
    private static readonly (string Method, string Path, string MediaType)[] BodyRoutes =
    [
        ("POST", "/api/customers", "application/json"),
        ("PATCH", "/api/customers/{customer}", "application/merge-patch+json"),
        ("POST", "/api/customers/{customer}/restore", "application/json"),
        ("POST", "/api/customers/{customer}/identities", "application/json"),
        ("POST", "/api/connections", "application/json"),
        ("POST", "/api/keys", "application/json"),
        ("POST", "/api/reports/daily-communication/runs", "application/json"),
        ("POST", "/api/customers/batch", "application/json"),
        ("POST", "/api/companies", "application/json"),
        ("POST", "/api/companies/batch", "application/json"),
        ("PATCH", "/api/companies/{company}", "application/merge-patch+json"),
        ("POST", "/api/exports", "application/json"),
        ("POST", "/api/custom-fields", "application/json"),
        ("PATCH", "/api/custom-fields/{customField}", "application/merge-patch+json"),
        ("PATCH", "/api/conversations/{conversation}", "application/merge-patch+json"),
        ("POST", "/api/conversations/{conversation}/notes", "application/json"),
        ("POST", "/api/campaigns", "application/json"),
        ("POST", "/api/campaigns/batch", "application/json"),
        ("PATCH", "/api/campaigns/{campaign}", "application/merge-patch+json"),
        ("POST", "/api/event-types", "application/json"),
        ("PATCH", "/api/event-types/{eventType}", "application/merge-patch+json"),
        ("POST", "/api/events", "application/json"),
        ("POST", "/api/events/batch", "application/json"),
        ("POST", "/api/failed-events/{failedEvent}/replay", "application/json"),
        ("POST", "/api/failed-events/{failedEvent}/discard", "application/json"),
        ("POST", "/api/event-replays", "application/json"),
        ("POST", "/api/models/{model}/train", "application/json"),
        ("POST", "/api/models/{model}/predict", "application/json"),
        ("POST", "/api/calculations/attribution", "application/json"),
        ("POST", "/api/calculations/experiment", "application/json"),
        ("POST", "/api/calculations/customer-value", "application/json"),
        ("POST", "/api/calendars", "application/json"),
        ("PATCH", "/api/calendars/{calendar}", "application/merge-patch+json"),
        ("POST", "/api/sla-policies", "application/json"),
        ("PATCH", "/api/sla-policies/{policy}", "application/merge-patch+json"),
        ("POST", "/api/queues", "application/json"),
        ("PATCH", "/api/queues/{queue}", "application/merge-patch+json"),
        ("POST", "/api/rules", "application/json"),
        ("PATCH", "/api/rules/{rule}", "application/merge-patch+json"),
        ("POST", "/api/case-statuses", "application/json"),
        ("PATCH", "/api/case-statuses/{status}", "application/merge-patch+json"),
        ("POST", "/api/cases", "application/json"),
        ("PATCH", "/api/cases/{case}", "application/merge-patch+json"),
        ("POST", "/api/cases/batch", "application/json"),
        ("POST", "/api/cases/{case}/notes", "application/json"),
        ("POST", "/api/cases/{case}/links", "application/json"),
        ("POST", "/api/cases/{case}/merge", "application/json"),
        ("POST", "/api/cases/{case}/split", "application/json"),
        ("POST", "/api/calculations/business-time", "application/json"),
    ];

    public static IReadOnlyList<string> Lists => ListRoutes;

    private static readonly string[] ListRoutes =
    [
        "/api/calendars", "/api/sla-policies", "/api/queues", "/api/rules", "/api/case-statuses", "/api/cases", "/api/cases/{case}/history",
        "/api/models", "/api/campaigns", "/api/event-types", "/api/event-types/{eventType}/versions", "/api/failed-events", "/api/event-replays",
        "/api/conversations", "/api/conversations/{conversation}/messages",
        "/api/customers", "/api/customers/{customer}/timeline", "/api/customers/{customer}/identities", "/api/imports", "/api/imports/{import}/rejected", "/api/exports", "/api/companies", "/api/custom-fields", "/api/connections", "/api/keys", "/api/dead-letters", "/api/reports/daily-communication/runs",
    ];

    /// <summary>POSTs that take no JSON body: what they do refuse is tested beside them.</summary>
    private static readonly string[] Bodiless = ["api/hooks/{connection}", "api/imports", "api/imports/{id}/start", "api/imports/{id}/cancel", "api/imports/{id}/revert"];

    public sealed class Fixture : IAsyncLifetime
    {
        public World World { get; private set; } = null!;

        public StandardSender Sender { get; private set; } = null!;

        public string CustomerId { get; private set; } = "";

        public string ETag { get; private set; } = "";

        /// <summary>The noun in braces to the id that stands for it.</summary>
        public Dictionary<string, string> Ids { get; } = [];

        public string CustomersCursor { get; private set; } = "";

        public string KeysCursor { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            World = await World.Begin();
            Sender = await World.Connect();
            var created = await World.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "ann@example.org" } });
            CustomerId = created.Text("id");
            await World.Admin.Make("/api/customers", new { name = "Ben" });
            await World.Admin.Make("/api/keys", new { name = "one", role = "agent" });
            await World.Admin.Make("/api/keys", new { name = "two", role = "agent" });
            using var read = await World.Admin.GetAsync($"/api/customers/{CustomerId}");
            ETag = read.Headers.ETag!.Tag;
            CustomersCursor = (await World.Admin.Read("/api/customers?limit=1")).Text("nextCursor");
            KeysCursor = (await World.Admin.Read("/api/keys?limit=1")).Text("nextCursor");
            await BeginService();
            Ids["company"] = (await World.Admin.Make("/api/companies", new { name = "Acme" })).Text("id");
            using (var file = new StringContent("name\nImported\n", Encoding.UTF8, "text/csv"))
            using (var import = await World.Admin.PostAsync("/api/imports", file))
                Ids["import"] = (await import.Json(HttpStatusCode.Created)).Text("id");
            Ids["customField"] = (await World.Admin.Make("/api/custom-fields", new { of = "customer", name = "size" })).Text("id");
            Ids["eventType"] = (await World.Admin.Make("/api/event-types", new { name = "order.placed", schema = new { required = new[] { "total" } } })).Text("id");
            await World.Admin.Make("/api/events", new { id = "o-1", type = "order.placed", customer = new { customerId = CustomerId } }, HttpStatusCode.UnprocessableEntity);
            Ids["model"] = "parts";
            Ids["campaign"] = (await World.Admin.Make("/api/campaigns", new { name = "Spring" })).Text("id");
            var sender = await World.Connect();
            await sender.Deliver(StandardSender.Message("ann@example.org", "Hello", World.Clock.GetUtcNow()));
            await World.Settle();
            Ids["conversation"] = (await World.Admin.Read("/api/conversations")).Items().Single().Text("id");
            Ids["failedEvent"] = (await World.Admin.Read("/api/failed-events")).Items().Single().Text("id");
        }

        private async Task BeginService()
        {
            Ids["calendar"] = (await World.Admin.Make("/api/calendars", new { name = "Office", timeZone = "UTC" })).Text("id");
            Ids["policy"] = (await World.Admin.Make("/api/sla-policies", new { name = "Standard", targets = new[] { new { priority = "normal", resolutionMinutes = 60 } } })).Text("id");
            Ids["queue"] = (await World.Admin.Make("/api/queues", new { name = "First line" })).Text("id");
            Ids["rule"] = (await World.Admin.Make("/api/rules", new { name = "Never", disabled = true })).Text("id");
            Ids["status"] = (await World.Admin.Make("/api/case-statuses", new { key = "parts", name = "Waiting for parts", state = "on-hold" })).Text("id");
            Ids["case"] = (await World.Admin.Make("/api/cases", new { customerId = CustomerId, subject = "Broken" })).Text("id");
        }

        /// <summary>The current ETag of what the path names.</summary>
        public async Task<string> ETagOf(string path)
        {
            using var read = await World.Admin.GetAsync(Path(path));
            return read.Headers.ETag!.Tag;
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();

        public string Path(string path) => Ids.Aggregate(path.Replace("{customer}", CustomerId, StringComparison.Ordinal), (p, id) => p.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

        /// <summary>Every document's version but the pumps' and the readiness probe's.</summary>
        public Task<string> Written() => World.Versions([.. Containers.All.Select(c => c.Name).Where(c => c != Containers.Leases)]);
    }
}
