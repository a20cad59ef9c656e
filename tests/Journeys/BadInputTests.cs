using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Tests.Journeys;

/// <summary>Every fault gets the right 4xx with a problem that names the place; nothing is written, and the process lives.</summary>
public sealed partial class BadInputTests(BadInputTests.Fixture fixture) : IClassFixture<BadInputTests.Fixture>
{
    [Fact]
    public void Every_route_that_takes_a_body_and_every_list_is_in_the_tables()
    {
        var routes = (
            from type in typeof(Crm.Operations.Access).Assembly.GetTypes()
            from method in type.GetMethods()
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null
            from parameter in method.GetParameters()
            let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
            where trigger is { Route: not null } && trigger.Route.StartsWith("api/", StringComparison.Ordinal)
            select (function.Name, trigger.Route, Methods: trigger.Methods!)).ToList();
        var bodies = routes.Where(r => r.Methods.Any(m => m is "post" or "patch" or "put") && !Bodiless.Contains(r.Route)).Select(r => Plain(r.Route));
        Assert.Empty(bodies.Except(BodyRoutes.Select(b => Plain(b.Path))));
        Assert.Empty(routes.Where(r => r.Name.StartsWith("List", StringComparison.Ordinal) && r.Name != "ListReports").Select(r => Plain(r.Route)).Except(ListRoutes.Select(Plain)));

        static string Plain(string route) => Regex.Replace(Regex.Replace(route.TrimStart('/'), @"\{[^}]+\}", "*"), "daily-communication", "*");
    }

    public static TheoryData<string, int> BodyFaults() => new()
    {
        { "malformed", 400 }, { "truncated", 400 }, { "empty", 400 }, { "duplicate-name", 400 }, { "duplicate-name-escaped", 400 }, { "deep", 400 },
        { "invalid-utf8", 400 }, { "lone-surrogate", 400 }, { "lone-surrogate-in-a-name", 400 }, { "byte-order-mark", 400 }, { "trailing-comma", 400 }, { "comment", 400 },
        { "null", 400 }, { "array", 400 }, { "number", 400 }, { "unknown-field", 400 }, { "other-type", 415 }, { "no-type", 415 }, { "other-charset", 415 }, { "gzip", 415 },
        { "30-megabytes", 413 }, { "30-megabytes-chunked", 413 },
    };

    [Theory]
    [MemberData(nameof(BodyFaults))]
    public async Task A_faulty_body_is_refused_alike_on_every_route(string fault, int status)
    {
        var before = await fixture.Written();
        foreach (var (method, path, mediaType) in BodyRoutes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), fixture.Path(path)) { Content = BodyOf(fault, mediaType) };
            if (method == "PATCH") request.Headers.TryAddWithoutValidation("If-Match", await fixture.ETagOf(path));
            await Refused(request, status, $"body-{fault}{(method == "PATCH" ? "-patch" : "")}", golden: path is "/api/customers" or "/api/customers/{customer}");
        }
        Assert.Equal(before, await fixture.Written());
    }

    [Theory]
    [InlineData("unknown-filter", "colour=blue")]
    [InlineData("unknown-operator", "createdAt[like]=2026")]
    [InlineData("limit-zero", "limit=0")]
    [InlineData("limit-too-large", "limit=100000")]
    [InlineData("limit-no-number", "limit=%D9%A1")]
    [InlineData("limit-twice", "limit=1&limit=2")]
    [InlineData("cursor-malformed", "cursor=%00%ff")]
    [InlineData("cursor-foreign", "cursor={foreign}")]
    public async Task A_faulty_query_is_refused_alike_on_every_list(string fault, string query)
    {
        foreach (var path in ListRoutes)
        {
            var foreign = path == "/api/keys" ? fixture.CustomersCursor : fixture.KeysCursor;
            using var request = new HttpRequestMessage(HttpMethod.Get, fixture.Path(path) + "?" + query.Replace("{foreign}", foreign, StringComparison.Ordinal));
            await Refused(request, 400, $"query-{fault}", golden: path == "/api/connections");
        }
    }

    [Theory]
    [InlineData("email", "email=nobody")]
    [InlineData("phone", "phone=12")]
    [InlineData("sort-unknown", "sort=age")]
    [InlineData("field-unknown", "fields=name,age")]
    [InlineData("time-without-offset", "createdAt[gte]=2026-11-23T09:00:00")]
    [InlineData("time-that-is-none", "createdAt[lt]=2026-13-45")]
    [InlineData("q-with-another", "q=ann&email=ann@example.org")]
    public async Task A_faulty_filter_value_is_refused_by_name(string fault, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/customers?" + query);
        await Refused(request, 400, $"filter-{fault}");
    }

    [Theory]
    [InlineData("email", """{"emails":["ann@example.org","not an address"]}""")]
    [InlineData("phone", """{"phones":["0123"]}""")]
    [InlineData("nothing", """{"tags":["vip"]}""")]
    [InlineData("type-of-name", """{"name":{"first":"Ann"}}""")]
    [InlineData("type-of-emails", """{"emails":"ann@example.org"}""")]
    [InlineData("type-of-an-email", """{"emails":[7]}""")]
    [InlineData("null-in-a-list", """{"emails":[null]}""")]
    [InlineData("language", """{"name":"Ann","language":"english please"}""")]
    public async Task A_faulty_customer_is_refused_by_field(string fault, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/customers") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        await Refused(request, 400, $"customer-{fault}");
    }

    [Theory]
    [InlineData("calendar-zone", "calendars", """{"name":"Office","timeZone":"Europe/Bonn"}""")]
    [InlineData("calendar-shift", "calendars", """{"name":"Office","timeZone":"UTC","shifts":[{"day":"mon","from":"09:00","to":"17:00"},{"day":"tue","from":"24:00","to":"24:30"}]}""")]
    [InlineData("calendar-closure", "calendars", """{"name":"Office","timeZone":"UTC","closures":[{"date":"2026-12-24","from":"12:00","to":"12:00"},null]}""")]
    [InlineData("policy-targets", "sla-policies", """{"name":"Standard","targets":[{"priority":"normal"},{"priority":"normal","resolutionMinutes":0}]}""")]
    [InlineData("policy-calendar", "sla-policies", """{"name":"Standard","calendarId":"nothing","targets":[{"priority":"low"}]}""")]
    [InlineData("policy-pause", "sla-policies", """{"name":"Standard","targets":[{"priority":"low"}],"pauseOn":["solved"]}""")]
    [InlineData("queue-name", "queues", """{"description":"Without a name"}""")]
    [InlineData("rule-words", "rules", """{"name":"All","when":{"words":[" "]}}""")]
    [InlineData("rule-queue", "rules", """{"name":"All","then":{"queueId":"nothing"}}""")]
    [InlineData("status-key", "case-statuses", """{"key":"Not A Key","name":"x","state":"open"}""")]
    [InlineData("status-own", "case-statuses", """{"key":"solved","name":"Done","state":"solved"}""")]
    [InlineData("case-customer", "cases", """{"customerId":"nobody","subject":"x"}""")]
    [InlineData("case-status", "cases", """{"customerId":"{customer}","subject":"x","status":"nothing"}""")]
    [InlineData("case-priority", "cases", """{"customerId":"{customer}","subject":"x","priority":"highest"}""")]
    [InlineData("case-note", "cases/{case}/notes", """{"text":""}""")]
    [InlineData("case-link", "cases/{case}/links", """{"url":"javascript:alert(1)"}""")]
    [InlineData("case-link-two", "cases/{case}/links", """{"url":"https://a.example","caseId":"x"}""")]
    [InlineData("case-merge", "cases/{case}/merge", """{"into":"{case}"}""")]
    [InlineData("case-split", "cases/{case}/split", """{"activityId":"nothing"}""")]
    [InlineData("customer-address", "customers", """{"name":"Ann","addresses":[{"lines":["Main Street"],"country":"XX"},{"city":"Berlin"}]}""")]
    [InlineData("customer-company", "customers", """{"name":"Ann","companyId":"nobody"}""")]
    [InlineData("customer-custom", "customers", """{"name":"Ann","custom":{"colour":"red"}}""")]
    [InlineData("customer-handle", "customers", """{"name":"Ann","handles":["ann"]}""")]
    [InlineData("customer-external-id", "customers", """{"name":"Ann","externalId":" "}""")]
    [InlineData("identity-type", "customers/{customer}/identities", """{"type":"fax","value":"1"}""")]
    [InlineData("identity-phone", "customers/{customer}/identities", """{"type":"phone","value":"Alice"}""")]
    [InlineData("identity-empty", "customers/{customer}/identities", """{"type":"own"}""")]
    [InlineData("company-name", "companies", """{"domains":["acme"],"phones":["12"],"emails":["acme"]}""")]
    [InlineData("custom-field-name", "custom-fields", """{"of":"case","name":"Size"}""")]
    [InlineData("custom-field-schema", "custom-fields", """{"of":"customer","name":"colour","schema":{"type":"colour","$ref":"#"}}""")]
    [InlineData("export-format", "exports", """{"format":"xlsx","tag":""}""")]
    [InlineData("note-empty", "conversations/{conversation}/notes", """{"text":" "}""")]
    [InlineData("campaign-dates", "campaigns", """{"name":"Spring","startsAt":"2026-03-02T00:00:00Z","endsAt":"2026-03-01T00:00:00Z"}""")]
    [InlineData("campaign-currency", "campaigns", """{"name":"Spring","budget":100}""")]
    [InlineData("campaign-amount", "campaigns", """{"name":"Spring","currency":"EUR","spend":-1}""")]
    [InlineData("campaign-status", "campaigns", """{"name":"Spring","status":"running"}""")]
    [InlineData("campaign-external-ids", "campaigns", """{"name":"Spring","externalIds":["a","  "]}""")]
    [InlineData("campaign-window", "campaigns", """{"name":"Spring","goal":"","conversionDays":91}""")]
    [InlineData("event-type-name", "event-types", """{"schema":{}}""")]
    [InlineData("event-type-schema", "event-types", """{"name":"x","schema":{"type":"text","properties":{"a":{"$ref":"https://evil.example/schema"},"b/c":{"pattern":"(a+)+(?=b)"},"d":7},"if":{},"minLength":-1,"allOf":[{"format":"color"}],"enum":[{}]}}""")]
    [InlineData("event-fields", "events", """{"customer":{"email":"ann@example.org","phone":"+4915112345678"},"properties":[]}""")]
    [InlineData("failed-event-correction", "failed-events/{failedEvent}/replay", """{"event":{"id":"o-2","type":"order.placed","customer":{"email":"ann@example.org"}}}""")]
    [InlineData("failed-event-reason", "failed-events/{failedEvent}/discard", """{"reason":""}""")]
    [InlineData("event-replay-type", "event-replays", """{}""")]
    [InlineData("model-name", "models/Parts/train", """{"examples":[{"text":"a","label":"b"}]}""")]
    [InlineData("model-example", "models/parts/train", """{"examples":[{"text":" ","label":"b"},null,{"text":"a"}]}""")]
    [InlineData("model-too-few", "models/parts/train", """{"examples":[{"text":"a","label":"x"},{"text":"b","label":"x"},{"text":"c","label":"y"},{"text":"c","label":"y"}]}""")]
    [InlineData("model-one-label", "models/parts/train", """{"examples":[{"text":"a","label":"x"},{"text":"b","label":"x"}]}""")]
    [InlineData("model-texts", "models/intents/predict", """{"texts":["a",""]}""")]
    [InlineData("attribution-touches", "calculations/attribution", """{"paths":[{"touches":[]}]}""")]
    [InlineData("attribution-channel", "calculations/attribution", """{"paths":[{"touches":[{"channel":""}]}]}""")]
    [InlineData("experiment-successes", "calculations/experiment", """{"variants":[{"name":"a","successes":2,"trials":1},{"name":"b","trials":1}]}""")]
    [InlineData("experiment-variants", "calculations/experiment", """{"variants":[{"name":"a","trials":1}]}""")]
    [InlineData("value-too-few", "calculations/customer-value", """{"purchases":[{"customer":"a","day":"2026-01-01","value":1}]}""")]
    [InlineData("value-day", "calculations/customer-value", """{"purchases":[{"customer":"a","value":1}]}""")]
    [InlineData("business-time", "calculations/business-time", """{"from":"2026-11-23T09:00:00Z"}""")]
    [InlineData("business-time-far", "calculations/business-time", """{"from":"0001-01-01T09:00:00Z","to":"9999-11-23T09:00:00Z"}""")]
    public async Task A_faulty_field_of_any_other_noun_is_refused_by_name(string fault, string path, string body)
    {
        var before = await fixture.Written();
        using var request = new HttpRequestMessage(HttpMethod.Post, fixture.Path($"/api/{path}")) { Content = new StringContent(fixture.Path(body), Encoding.UTF8, "application/json") };
        await Refused(request, 400, fault);
        Assert.Equal(before, await fixture.Written());
    }

    [Theory]
    [InlineData("state", "state=done")]
    [InlineData("unsolved", "unsolved=maybe")]
    [InlineData("due", "dueAt[lt]=tomorrow")]
    [InlineData("customer", "customerId=nobody")]
    [InlineData("sort", "customerId=00000000000000000000000000&sort=dueAt")]
    public async Task A_faulty_filter_of_cases_is_refused_by_name(string fault, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/cases?" + query);
        await Refused(request, 400, $"cases-filter-{fault}");
    }

    [Theory]
    [InlineData("reason", "reason=bad")]
    [InlineData("state", "state=waiting&type=order.placed")]
    public async Task A_faulty_filter_of_failed_events_is_refused_by_name(string fault, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/failed-events?" + query);
        await Refused(request, 400, $"failed-events-filter-{fault}");
    }

    [Fact]
    public async Task An_address_that_is_taken_is_a_conflict_that_names_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/customers")
        {
            Content = new StringContent("""{"name":"Impostor","emails":["free@example.org","ANN@example.org"]}""", Encoding.UTF8, "application/json"),
        };
        var problem = await Refused(request, 409, "customer-address-taken", golden: false);
        Assert.Equal("/emails/1", problem["errors"]![0]!.Text("pointer"));
        Assert.Empty((await fixture.World.Admin.Read("/api/customers?email=free@example.org")).Items());
    }

    [Theory]
    [InlineData("missing", null, 428)]
    [InlineData("lost", "\"0\"", 412)]
    [InlineData("weak", "W/\"1\"", 400)]
    [InlineData("bare", "1", 400)]
    [InlineData("star", "*", 400)]
    public async Task A_change_without_the_current_ETag_is_refused(string fault, string? ifMatch, int status)
    {
        var before = await fixture.Written();
        using var request = new HttpRequestMessage(HttpMethod.Patch, fixture.Path("/api/customers/{customer}"))
        {
            Content = new StringContent("""{"name":"Somebody else"}""", Encoding.UTF8, "application/merge-patch+json"),
        };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        await Refused(request, status, $"if-match-{fault}");
        Assert.Equal(before, await fixture.Written());
    }

    [Theory]
    [InlineData("zero", "0")]
    [InlineData("negative", "-1")]
    [InlineData("largest", "9223372036854775807")]
    [InlineData("smallest", "-9223372036854775808")]
    [InlineData("beyond-64-bits", "99999999999999999999999")]
    [InlineData("exponent", "1e9")]
    [InlineData("milliseconds", "1790000000000")]
    [InlineData("words", "yesterday")]
    public async Task An_extreme_timestamp_on_a_webhook_is_refused_by_header(string fault, string stamp)
    {
        var before = await fixture.Written();
        using var request = fixture.Sender.Request("{}"u8.ToArray(), timestamp: stamp);
        await Refused(request, 401, $"hook-timestamp-{fault}", anonymous: true);
        Assert.Equal(before, await fixture.Written());
    }

    [Fact]
    public async Task A_webhook_with_a_forged_signature_is_refused_and_not_kept()
    {
        var before = await fixture.Written();
        using var request = fixture.Sender.Request("{}"u8.ToArray());
        request.Content = new ByteArrayContent("{ }"u8.ToArray());
        await Refused(request, 401, "hook-signature", anonymous: true);
        Assert.Equal(before, await fixture.Written());
    }

    [Fact]
    public async Task A_webhook_of_30_megabytes_is_refused_before_it_is_read()
    {
        using var request = fixture.Sender.Request(new byte[30 * 1024 * 1024]);
        await Refused(request, 413, "hook-too-large", anonymous: true);
    }

    [Theory]
    [InlineData("no-such-route", "GET", "/api/nothing", 404)]
    [InlineData("no-such-customer", "GET", "/api/customers/00000000000000000000000000", 404)]
    [InlineData("no-such-event", "GET", "/api/events/00000000000000000000000000/trail", 404)]
    [InlineData("no-such-report", "GET", "/api/reports/nothing/runs", 404)]
    [InlineData("no-such-report-file", "GET", "/api/reports/daily-communication/runs/2026-11-22/..%2f..%2fcrm.db", 404)]
    [InlineData("no-such-connection", "POST", "/api/hooks/00000000000000000000000000", 404)]
    [InlineData("no-such-key", "DELETE", "/api/keys/00000000000000000000000000000000", 404)]
    [InlineData("no-such-case", "GET", "/api/cases/00000000000000000000000000.00000000000000000000000000", 404)]
    [InlineData("no-such-case", "GET", "/api/cases/nothing", 404)]
    [InlineData("no-such-case", "GET", "/api/cases/nothing/history", 404)]
    [InlineData("no-such-case", "GET", "/api/cases/00000000000000000000000000.00000000000000000000000000/promises", 404)]
    [InlineData("no-such-calendar", "GET", "/api/calendars/nothing", 404)]
    [InlineData("no-such-policy", "GET", "/api/sla-policies/nothing", 404)]
    [InlineData("no-such-queue", "GET", "/api/queues/nothing", 404)]
    [InlineData("no-such-rule", "GET", "/api/rules/nothing", 404)]
    [InlineData("no-such-case-status", "GET", "/api/case-statuses/nothing", 404)]
    [InlineData("no-such-event-type", "GET", "/api/event-types/nothing", 404)]
    [InlineData("no-such-event-type", "GET", "/api/event-types/nothing/versions", 404)]
    [InlineData("no-such-failed-event", "GET", "/api/failed-events/nothing", 404)]
    [InlineData("no-such-model", "GET", "/api/models/nothing", 404)]
    [InlineData("no-such-event-replay", "GET", "/api/event-replays/nothing", 404)]
    [InlineData("other-method", "DELETE", "/api/customers", 405)]
    [InlineData("report-in-the-future", "POST", "/api/reports/daily-communication/runs", 400)]
    public async Task An_address_or_method_that_is_not_there_is_a_problem_too(string fault, string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (status == 400) request.Content = new StringContent("""{"day":"2026-11-24"}""", Encoding.UTF8, "application/json");
        await Refused(request, status, fault);
    }

    private async Task<JsonObject> Refused(HttpRequestMessage request, int status, string name, bool golden = true, bool anonymous = false)
    {
        var client = anonymous ? fixture.World.Anonymous : fixture.World.Admin;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == status, $"{name} at {request.RequestUri}: {(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.True(problem.Remove("traceId"), "A problem carries a trace id.");
        Assert.DoesNotContain(" at Crm.", text, StringComparison.Ordinal);
        if (golden) Golden.Match($"problems/{name}.json", Encoding.UTF8.GetBytes(problem.ToJsonString(Pretty) + "\n"));

        using var alive = await fixture.World.Anonymous.GetAsync("/api/health/live", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        return problem;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static HttpContent BodyOf(string fault, string mediaType)
    {
        const string Sound = """{"name":"Ann"}""";
        var (bytes, type) = fault switch
        {
            "malformed" => ("""{"name" "Ann"}"""u8.ToArray(), mediaType),
            "truncated" => ("""{"name":"An"""u8.ToArray(), mediaType),
            "empty" => ([], mediaType),
            "duplicate-name" => ("""{"name":"Ann","name":"Eve"}"""u8.ToArray(), mediaType),
            "duplicate-name-escaped" => ("""{"name":"Ann","n\u0061me":"Eve"}"""u8.ToArray(), mediaType),
            "deep" => (Encoding.UTF8.GetBytes("{\"name\":" + string.Concat(Enumerable.Repeat("[", 64)) + string.Concat(Enumerable.Repeat("]", 64)) + "}"), mediaType),
            "invalid-utf8" => ([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8], mediaType),
            "lone-surrogate" => ("""{"name":"\ud800"}"""u8.ToArray(), mediaType),
            "lone-surrogate-in-a-name" => ("""{"na\udfffme":"Ann"}"""u8.ToArray(), mediaType),
            "byte-order-mark" => ([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sound)], mediaType),
            "trailing-comma" => ("""{"name":"Ann",}"""u8.ToArray(), mediaType),
            "comment" => ("""{/* who */"name":"Ann"}"""u8.ToArray(), mediaType),
            "null" => ("null"u8.ToArray(), mediaType),
            "array" => ("[]"u8.ToArray(), mediaType),
            "number" => ("42"u8.ToArray(), mediaType),
            "unknown-field" => ("""{"nickname":"Annie"}"""u8.ToArray(), mediaType),
            "other-type" => (Encoding.UTF8.GetBytes(Sound), "text/plain"),
            "no-type" => (Encoding.UTF8.GetBytes(Sound), null),
            "other-charset" => (Encoding.Unicode.GetBytes(Sound), mediaType + "; charset=utf-16"),
            "gzip" => (Encoding.UTF8.GetBytes(Sound), mediaType),
            "30-megabytes" or "30-megabytes-chunked" => (new byte[30 * 1024 * 1024], mediaType),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        HttpContent content = fault == "30-megabytes-chunked" ? new StreamContent(new Chunked(bytes)) : new ByteArrayContent(bytes);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (fault == "gzip") content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    /// <summary>A body whose length is not said beforehand.</summary>
    private sealed class Chunked(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
