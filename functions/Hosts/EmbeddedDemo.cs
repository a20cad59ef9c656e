using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Crm.EmbeddedHost;
using Crm.Model;
using Crm.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Crm.Hosts;

/// <summary>A made-up company's week, sent through the public endpoints as any sender would; then the reports and what to look at.</summary>
public static class EmbeddedDemo
{
    private const string ReportName = "daily-communication";

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Company:Name"] = "Northwind Bikes" };

    public static async Task Play(WebApplication app, string? adminKey, CancellationToken token)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var company = app.Services.GetRequiredService<Company>();
        var key = adminKey ?? await NewKey(app, clock, token);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        var created = await Post(http, "/api/connections", new JsonObject { ["name"] = "Demo shop", ["provider"] = "standard-webhooks" }, token);
        var sender = new DemoSender(http, $"/api/hooks/{created["id"]}", created["secret"]!.GetValue<string>(), clock);
        var events = DemoWeek.Events(clock.GetUtcNow());
        await AnsiConsole.Progress().HideCompleted(false).StartAsync(async progress =>
        {
            var sending = progress.AddTask("Sending signed webhooks", maxValue: events.Count);
            await Parallel.ForEachAsync(events, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = token }, async (e, stop) =>
            {
                await sender.Send(e, stop);
                sending.Increment(1);
            });
            var reading = progress.AddTask("Reading what they mean").IsIndeterminate();
            await app.Services.GetRequiredService<IFunctionsRuntime>().WhenIdle(token);
            reading.Value = reading.MaxValue;
            var days = events.Select(e => company.DayOf(e.OccurredAt)).Distinct().Order().ToList();
            var reports = progress.AddTask("Making reports", maxValue: days.Count);
            foreach (var day in days)
            {
                await Post(http, $"/api/reports/{ReportName}/runs", new JsonObject { ["day"] = day.ToString("O", CultureInfo.InvariantCulture) }, token);
                reports.Increment(1);
            }
        });
        await Tell(app, http, key, events.Count, token);
    }

    private static async Task Tell(WebApplication app, HttpClient http, string key, int sent, CancellationToken token)
    {
        var url = app.Urls.First();
        var customers = (await http.GetFromJsonAsync<JsonObject>("/api/customers?limit=200", token))!["items"]!.AsArray();
        var runs = (await http.GetFromJsonAsync<JsonObject>($"/api/reports/{ReportName}/runs", token))!["items"]!.AsArray();
        var angry = (await http.GetFromJsonAsync<JsonObject>($"/api/customers?email={DemoWeek.AngryCustomer}", token))!["items"]![0]!["id"]!.GetValue<string>();
        var entry = (await http.GetFromJsonAsync<JsonObject>($"/api/customers/{angry}/timeline", token))!["items"]![0]!["activity"]!["id"]!.GetValue<string>();
        var busiest = runs.MaxBy(r => r!["rows"]!.GetValue<int>())!["day"]!.GetValue<string>();
        var ticket = await app.Services.GetRequiredService<SignInLinks>().Make(ApiKey.IdOf(key), token);

        System.Console.WriteLine($"""

            {sent} signed webhooks sent and accepted: {customers.Count} customers, {runs.Count} daily reports.

              Sign in (once, within ten minutes)  {url}/console/sign-in/{ticket}
              An angry customer, won back         {url}/console/customers/{angry}
              Follow one event                    {url}/console/events/{entry}
              Daily reports                       {url}/console/reports
              The busiest day                     {url}/console/reports/{ReportName}/{busiest}/report.html

            The API takes the key  {key}
              curl -H "Authorization: Bearer {key}" {url}/api/customers

            Serving on {url} until Ctrl+C.
            """);
    }

    private static async Task<string> NewKey(WebApplication app, TimeProvider clock, CancellationToken token)
    {
        var value = ApiKey.NewValue();
        await app.Services.GetRequiredService<ApiKeys>().Keep(ApiKey.Of(value, "demo", Role.Admin, clock.GetUtcNow()), token);
        return value;
    }

    private static async Task<JsonNode> Post(HttpClient http, string path, JsonObject body, CancellationToken token)
    {
        using var answer = await http.PostAsJsonAsync(path, body, token);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(token))!;
    }
}
