using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Tests.EmbeddedHost;

// Each of these works on one host only, or on none; the class's name says why it is refused.
public static class AStaticClass
{
    [Function("AStaticClass")]
    public static Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => Task.CompletedTask;
}

public sealed class AGenericClass<T>
{
    [Function("AGenericClass")]
    public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => Task.CompletedTask;
}

internal sealed class AnInternalClass
{
    [Function("AnInternalClass")]
    public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => Task.CompletedTask;
}

public sealed class ANestingClass
{
    public sealed class ANestedClass
    {
        [Function("ANestedClass")]
        public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => Task.CompletedTask;
    }
}

public sealed class AHiddenMethod
{
    [Function("AHiddenMethod")]
    internal Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => Task.CompletedTask;
}

public sealed class AFunctionWithoutTrigger
{
    [Function("AFunctionWithoutTrigger")]
    public Task Run(CancellationToken token) => Task.CompletedTask;
}

public sealed class ATriggerInSecondPlace
{
    [Function("ATriggerInSecondPlace")]
    public Task<IResult> Run(string id, [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x/{id}")] HttpRequest request) =>
        Task.FromResult(Results.Ok());
}

public sealed class ANameWithASpace
{
    [Function("a name")]
    public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => Task.CompletedTask;
}

public sealed class AnHttpFunctionThatReturnsText
{
    [Function("AnHttpFunctionThatReturnsText")]
    public Task<string> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Task.FromResult("");
}

public sealed class AnHttpFunctionThatTakesADecimal
{
    [Function("AnHttpFunctionThatTakesADecimal")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, decimal? amount) =>
        Task.FromResult(Results.Ok());
}

public sealed class AnHttpFunctionThatNeedsAQueryValue
{
    [Function("AnHttpFunctionThatNeedsAQueryValue")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "y/{id}")] HttpRequest request, string id, string q) =>
        Task.FromResult(Results.Ok());
}

public sealed class AnHttpFunctionThatRetries
{
    [Function("AnHttpFunctionThatRetries")]
    [FixedDelayRetry(3, "00:00:01")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Task.FromResult(Results.Ok());
}

public sealed class AFeedOfStrings
{
    [Function("AFeedOfStrings")]
    public Task Run([CosmosDBTrigger("db", "inbox")] IReadOnlyList<string> changes) => Task.CompletedTask;
}

public sealed class AFeedThatAsksForAService
{
    [Function("AFeedThatAsksForAService")]
    public Task Run([CosmosDBTrigger("db", "inbox")] IReadOnlyList<JsonElement> changes, TimeProvider clock) => Task.CompletedTask;
}

public sealed class AQueueOfBinaryData
{
    [Function("AQueueOfBinaryData")]
    public Task Run([ServiceBusTrigger("work")] BinaryData body) => Task.CompletedTask;
}

public sealed class AQueueInBatches
{
    [Function("AQueueInBatches")]
    public Task Run([ServiceBusTrigger("work", IsBatched = true)] string body) => Task.CompletedTask;
}

public sealed class AQueueThatAsksForTheSequence
{
    [Function("AQueueThatAsksForTheSequence")]
    public Task Run([ServiceBusTrigger("work")] string body, long sequenceNumber) => Task.CompletedTask;
}

public sealed class AQueueThatNeedsADeadLetterReason
{
    [Function("AQueueThatNeedsADeadLetterReason")]
    public Task Run([ServiceBusTrigger("work")] string body, string deadLetterReason) => Task.CompletedTask;
}

public sealed class ATimerThatReturnsAValue
{
    [Function("ATimerThatReturnsAValue")]
    public Task<int> Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => Task.FromResult(1);
}

public sealed class ATimerOfText
{
    [Function("ATimerOfText")]
    public Task Run([TimerTrigger("0 0 * * * *")] string timer) => Task.CompletedTask;
}
