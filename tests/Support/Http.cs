using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Crm.Tests.Support;

/// <summary>Short forms for what journeys do all the time.</summary>
public static class Http
{
    public static async Task<JsonObject> Read(this HttpClient http, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return await answer.Json(expected);
    }

    public static async Task<JsonObject> Make(this HttpClient http, string path, object body, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var answer = await http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await answer.Json(expected);
    }

    public static async Task<JsonObject> Json(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"Expected {expected}, got {answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public static IEnumerable<JsonNode> Items(this JsonObject page) => page["items"]!.AsArray().Select(i => i!);

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();
}
