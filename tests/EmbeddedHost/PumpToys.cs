using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Tests.EmbeddedHost;

public sealed class WhenThingsChange(Journal journal)
{
    [Function("WhenThingsChange")]
    [ExponentialBackoffRetry(2, "00:00:01", "00:00:10")]
    public Task Run(
        [CosmosDBTrigger("%Database%", "inbox", LeaseContainerPrefix = "toys", MaxItemsPerInvocation = 10, StartFromBeginning = true)]
        IReadOnlyList<JsonElement> changes,
        CancellationToken token)
    {
        string[] ids = [.. changes.Select(c => c.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
        journal.OnRun(string.Join(' ', ids));
        journal.Add("batch " + string.Join(' ', ids));
        foreach (JsonElement change in changes)
            journal.Add((change.TryGetProperty("deleted", out _) ? "gone " : "saw ") + change.GetProperty("id").GetString());
        return Task.CompletedTask;
    }
}

public sealed class WhenThingsChangeFromNow(Journal journal)
{
    [Function("WhenThingsChangeFromNow")]
    public Task Run([CosmosDBTrigger("db", "inbox", LeaseContainerPrefix = "now")] IReadOnlyList<JsonElement> changes)
    {
        foreach (JsonElement change in changes)
        {
            journal.OnRun(change.GetProperty("id").GetString()!);
            journal.Add("now " + change.GetProperty("id").GetString());
        }

        return Task.CompletedTask;
    }
}

public sealed class WhenThingsChangeForever(Journal journal)
{
    [Function("WhenThingsChangeForever")]
    [FixedDelayRetry(-1, "00:00:07")]
    public Task Run([CosmosDBTrigger("db", "inbox", LeaseContainerPrefix = "forever", StartFromBeginning = true)] IReadOnlyList<JsonElement> changes)
    {
        journal.OnRun("");
        foreach (JsonElement change in changes) journal.Add("forever " + change.GetProperty("id").GetString());
        return Task.CompletedTask;
    }
}

public sealed class OnWork(Journal journal)
{
    [Function("OnWork")]
    public async Task Run([ServiceBusTrigger("%WorkQueue%")] string body, string messageId, int deliveryCount, DateTime enqueuedTimeUtc, CancellationToken token)
    {
        journal.Add($"{body} {messageId} {deliveryCount} {enqueuedTimeUtc:O}");
        journal.Add("began " + body);
        if (body.StartsWith("wait", StringComparison.Ordinal)) await journal.Gate(body).WaitAsync(token);
        journal.OnRun(body);
        journal.Add("did " + body);
    }
}

public sealed class OnDeadWork(Journal journal)
{
    [Function("OnDeadWork")]
    public Task Run([ServiceBusTrigger("work/$DeadLetterQueue")] string body, int deliveryCount, string? deadLetterReason, string? deadLetterErrorDescription)
    {
        journal.Add($"dead {body} {deadLetterReason}");
        journal.OnRun("dead " + body);
        return Task.CompletedTask;
    }
}

public sealed class EveryHour(Journal journal)
{
    [Function("EveryHour")]
    public async Task Run([TimerTrigger("%Hourly%")] TimerInfo timer, CancellationToken token)
    {
        journal.Add(timer.IsPastDue ? "past due" : "on time");
        journal.Add($"last {timer.ScheduleStatus!.Last:s} next {timer.ScheduleStatus.Next:s} {timer.ScheduleStatus.Next.Kind}");
        journal.OnRun("tick");
        await journal.Gate("tick").WaitAsync(token);
        journal.Add("ticked");
    }
}

public sealed class EveryHourAgain(Journal journal)
{
    [Function("EveryHourAgain")]
    [FixedDelayRetry(1, "00:00:07")]
    public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
    {
        journal.Add("tried");
        journal.OnRun("tick");
        journal.Add("ticked");
        return Task.CompletedTask;
    }
}

public sealed class EveryHourAndAtStart(Journal journal)
{
    [Function("EveryHourAndAtStart")]
    public Task Run([TimerTrigger("0 0 * * * *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer)
    {
        journal.Add(timer.IsPastDue ? "past due" : "on time");
        return Task.CompletedTask;
    }
}
