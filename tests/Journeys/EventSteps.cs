using System.Net;
using System.Text.Json.Nodes;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>What stories of events do all the time.</summary>
internal static class EventSteps
{
    public static readonly object Schema = new
    {
        type = "object",
        required = new[] { "total" },
        properties = new { total = new { type = "number" }, currency = new { type = "string", minLength = 3 } },
    };

    public static string Text(object value) => System.Text.Json.JsonSerializer.Serialize(value);

    public static int Status(JsonNode item) => item["status"]!.GetValue<int>();

    public static async Task<string> ETagOf(World world, string path)
    {
        using var read = await world.Admin.GetAsync(path, TestContext.Current.CancellationToken);
        return read.Headers.ETag!.Tag;
    }

    public static async Task<JsonObject> Patch(World world, string path, string patch, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(patch, System.Text.Encoding.UTF8, "application/merge-patch+json") };
        request.Headers.TryAddWithoutValidation("If-Match", await ETagOf(world, path));
        using var answer = await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Json(expected);
    }
}
