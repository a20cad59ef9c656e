using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Crm.EmbeddedHost;

/// <summary>Reads one function's attributes into <see cref="FunctionMetadata"/>.</summary>
internal sealed partial class TriggerReader(Settings settings, string leaseContainer)
{
    /// <summary>Null when <paramref name="problems"/> says why there is no such function.</summary>
    public FunctionMetadata? Read(MethodInfo method, List<string> problems)
    {
        string name = PortableSignature.NameOf(method);
        ParameterInfo first = method.GetParameters()[0];
        Trigger? trigger = first.GetCustomAttributes().Select(attribute => attribute switch
        {
            HttpTriggerAttribute http => Http(name, http, problems),
            CosmosDBTriggerAttribute feed => Feed(feed, problems),
            ServiceBusTriggerAttribute queue => new Trigger.Queue(settings.Resolve(queue.QueueName ?? "", problems)),
            TimerTriggerAttribute timer => Timer(timer, problems),
            _ => (Trigger?)null,
        }).FirstOrDefault(t => t is not null);
        RetryPolicy? retry = Retry(method, problems);
        return trigger is null || problems.Count > 0 ? null : new(name, method, trigger, retry);
    }

    private static Trigger.Http? Http(string name, HttpTriggerAttribute http, List<string> problems)
    {
        string route = (http.Route ?? name).TrimStart('/');
        try
        {
            RoutePatternFactory.Parse(route);
            return new(route, [.. (http.Methods ?? []).Select(m => m.ToUpperInvariant()).Distinct()], http.AuthLevel);
        }
        catch (RoutePatternException e)
        {
            problems.Add($"the route '{route}' is no template: {e.Message}");
            return null;
        }
    }

    private Trigger.Feed? Feed(CosmosDBTriggerAttribute feed, List<string> problems)
    {
        string container = settings.Resolve(feed.ContainerName, problems);
        string prefix = settings.Resolve(feed.LeaseContainerPrefix ?? "", problems);
        string leaseId = $"feed.{prefix}.{container}";
        if (problems.Count == 0 && !DocumentId().IsMatch(leaseId))
            problems.Add($"the lease '{leaseId}' is no document id: use A-Z a-z 0-9 . _ ~ : @ - for the prefix.");
        return new(
            container,
            feed.LeaseContainerName is null ? leaseContainer : settings.Resolve(feed.LeaseContainerName, problems),
            leaseId,
            feed.MaxItemsPerInvocation > 0 ? feed.MaxItemsPerInvocation : 100,
            feed.StartFromBeginning,
            TimeSpan.FromMilliseconds(feed.FeedPollDelay > 0 ? feed.FeedPollDelay : 5000));
    }

    private Trigger.Timer Timer(TimerTriggerAttribute timer, List<string> problems)
    {
        string schedule = settings.Resolve(timer.Schedule, problems);
        if (problems.Count == 0 && TimerSchedule.Parse(schedule) is null)
            problems.Add($"'{schedule}' is no schedule: six fields (second minute hour day month weekday) that come true some day.");
        return new(schedule, timer.RunOnStartup, timer.UseMonitor);
    }

    private static RetryPolicy? Retry(MethodInfo method, List<string> problems)
    {
        RetryPolicy? policy = null;
        foreach (Attribute attribute in method.GetCustomAttributes())
        {
            policy = attribute switch
            {
                FixedDelayRetryAttribute r => Policy(r.MaxRetryCount, r.DelayInterval, r.DelayInterval, problems),
                ExponentialBackoffRetryAttribute r => Policy(r.MaxRetryCount, r.MinimumInterval, r.MaximumInterval, problems),
                _ => policy,
            };
        }

        return policy;
    }

    private static RetryPolicy? Policy(int retries, string minimum, string maximum, List<string> problems)
    {
        if (retries >= -1
            && TimeSpan.TryParse(minimum, CultureInfo.InvariantCulture, out TimeSpan from)
            && TimeSpan.TryParse(maximum, CultureInfo.InvariantCulture, out TimeSpan to)
            && from >= TimeSpan.Zero && from <= to && to <= TimeSpan.FromDays(1))
        {
            return new(retries, from, to);
        }

        problems.Add("a retry counts from -1 (for ever), and its intervals are hh:mm:ss, the smaller first.");
        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9._~:@-]{1,255}$")]
    private static partial Regex DocumentId();
}
