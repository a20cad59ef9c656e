using System.Text.Json;
using Crm.EmbeddedHost;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Tests.EmbeddedHost;

public sealed class Discoveries
{
    [Fact]
    public void Attributes_are_read_and_settings_resolved()
    {
        FunctionDiscovery found = Discover(typeof(Echo), typeof(WhenThingsChange), typeof(WhenThingsChangeFromNow), typeof(OnWork), typeof(OnDeadWork), typeof(EveryHour), typeof(AnyMethod));

        Assert.Empty(found.Problems);
        Dictionary<string, FunctionMetadata> byName = found.Functions.ToDictionary(f => f.Name);
        Trigger.Http echo = Assert.IsType<Trigger.Http>(byName["Echo"].Trigger);
        Assert.Equal(("echo/{id:guid}/{page?}", "GET"), (echo.Route, string.Join(',', echo.Methods)));
        Trigger.Http any = Assert.IsType<Trigger.Http>(byName["AnyMethod"].Trigger);
        Assert.Equal(("AnyMethod", 0), (any.Route, any.Methods.Count));
        Assert.Equal(
            new Trigger.Feed("inbox", "leases", "feed.toys.inbox", 10, true, TimeSpan.FromSeconds(5)), byName["WhenThingsChange"].Trigger);
        Assert.Equal(new RetryPolicy(2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)), byName["WhenThingsChange"].Retry);
        Assert.Equal(
            new Trigger.Feed("inbox", "leases", "feed.now.inbox", 100, false, TimeSpan.FromSeconds(5)), byName["WhenThingsChangeFromNow"].Trigger);
        Assert.Null(byName["WhenThingsChangeFromNow"].Retry);
        Assert.Equal(new Trigger.Queue("work"), byName["OnWork"].Trigger);
        Assert.True(Assert.IsType<Trigger.Queue>(byName["OnDeadWork"].Trigger).IsDeadLetter);
        Assert.Equal(new Trigger.Timer("0 0 * * * *", false, true), byName["EveryHour"].Trigger);
    }

    [Fact]
    public async Task A_host_refuses_to_start_and_lists_every_problem_at_once()
    {
        FunctionDiscoveryException refused = await Assert.ThrowsAsync<FunctionDiscoveryException>(() => TestHost.Start(
            [typeof(AFeedOfStrings), typeof(ABadSchedule), typeof(ABadRoute), typeof(AnUnknownSetting), typeof(Echo), typeof(EchoAgain), typeof(OnWork)]));

        Assert.Collection(
            refused.Problems.Order(StringComparer.Ordinal),
            p => Assert.Contains("ABadRoute.Run: the route 'a/{' is no template", p, StringComparison.Ordinal),
            p => Assert.Contains("ABadSchedule.Run: '0 0 30 2 *' is no schedule", p, StringComparison.Ordinal),
            p => Assert.Contains("AFeedOfStrings.Run: the first parameter", p, StringComparison.Ordinal),
            p => Assert.Contains("AnUnknownSetting.Run: the setting 'NoSuchSetting'", p, StringComparison.Ordinal),
            p => Assert.Contains("The name 'Echo' is used by", p, StringComparison.Ordinal),
            p => Assert.Contains("queues need an IMessageReceiver", p, StringComparison.Ordinal));
        Assert.All(refused.Problems, p => Assert.Contains(p, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_functions_on_one_lease_are_refused()
    {
        string problem = Assert.Single(Discover(typeof(WhenThingsChange), typeof(WhenThingsChangeToo)).Problems);
        Assert.Contains("'WhenThingsChange' and 'WhenThingsChangeToo' share the lease 'feed.toys.inbox'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_functions_on_one_method_of_one_route_are_refused_whatever_the_parameter_is_called()
    {
        string problem = Assert.Single(Discover(typeof(Things), typeof(GetThingToo)).Problems);
        Assert.Contains("'GetThing' and 'GetThingToo'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 5)]
    [InlineData(2000, 5)]
    public void A_retry_waits_twice_as_long_each_time_up_to_its_longest(int retry, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new RetryPolicy(-1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)).Delay(retry));

    [Fact]
    public void A_retry_count_of_minus_one_never_ends()
    {
        Assert.True(new RetryPolicy(-1, TimeSpan.Zero, TimeSpan.Zero).Allows(int.MaxValue));
        Assert.True(new RetryPolicy(2, TimeSpan.Zero, TimeSpan.Zero).Allows(2));
        Assert.False(new RetryPolicy(2, TimeSpan.Zero, TimeSpan.Zero).Allows(3));
    }

    private static FunctionDiscovery Discover(params Type[] types) => FunctionDiscovery.Of(types, TestHost.Settings, "leases");
}

public sealed class ABadSchedule
{
    [Function("ABadSchedule")]
    public Task Run([TimerTrigger("0 0 30 2 *")] TimerInfo timer) => Task.CompletedTask;
}

public sealed class ABadRoute
{
    [Function("ABadRoute")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{")] HttpRequest request) => Task.FromResult(Results.Ok());
}

public sealed class AnUnknownSetting
{
    [Function("AnUnknownSetting")]
    public Task Run([TimerTrigger("%NoSuchSetting%")] TimerInfo timer) => Task.CompletedTask;
}

public sealed class WhenThingsChangeToo
{
    [Function("WhenThingsChangeToo")]
    public Task Run([CosmosDBTrigger("db", "inbox", LeaseContainerPrefix = "toys")] IReadOnlyList<JsonElement> changes) => Task.CompletedTask;
}

public sealed class GetThingToo
{
    [Function("GetThingToo")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "GET", Route = "Things/{key}")] HttpRequest request, string key) =>
        Task.FromResult(Results.Ok());
}
