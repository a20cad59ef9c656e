using Crm.EmbeddedHost;

namespace Crm.Tests.EmbeddedHost;

public sealed class PortableSignatures
{
    public static TheoryData<Type, string> Unportable => new()
    {
        { typeof(AStaticClass), "neither abstract, static nor generic" },
        { typeof(AGenericClass<>), "neither abstract, static nor generic" },
        { typeof(AnInternalClass), "the class is public" },
        { typeof(ANestingClass.ANestedClass), "not nested" },
        { typeof(AHiddenMethod), "the method is public" },
        { typeof(AFunctionWithoutTrigger), "carries the trigger" },
        { typeof(ATriggerInSecondPlace), "the first parameter, and no other, carries the trigger" },
        { typeof(ANameWithASpace), "a function's name is 1 to 128 letters" },
        { typeof(AnHttpFunctionThatReturnsText), "the method returns Task<IResult>" },
        { typeof(AnHttpFunctionThatTakesADecimal), "'amount' is a string, an int or a Guid" },
        { typeof(AnHttpFunctionThatNeedsAQueryValue), "'q' may be missing" },
        { typeof(AnHttpFunctionThatRetries), "only change feeds and timers may carry a retry" },
        { typeof(AFeedOfStrings), "the first parameter is IReadOnlyList<JsonElement>" },
        { typeof(AFeedThatAsksForAService), "'clock' binds to nothing" },
        { typeof(AQueueOfBinaryData), "the first parameter is String" },
        { typeof(AQueueInBatches), "IsBatched is not portable" },
        { typeof(AQueueThatAsksForTheSequence), "'sequenceNumber' is not one of messageId" },
        { typeof(AQueueThatNeedsADeadLetterReason), "'deadLetterReason' may be missing" },
        { typeof(ATimerThatReturnsAValue), "the method returns Task" },
        { typeof(ATimerOfText), "the first parameter is TimerInfo" },
    };

    [Theory]
    [MemberData(nameof(Unportable))]
    public void An_unportable_function_is_named_with_the_reason(Type type, string reason)
    {
        string problem = Assert.Single(PortableSignature.Problems([type]));
        Assert.Contains(type.FullName!.Split('`')[0], problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_portable_signature_passes() => Assert.Empty(PortableSignature.Problems(
    [
        typeof(Echo), typeof(Things), typeof(Uploads), typeof(AnyMethod), typeof(WhenThingsChange), typeof(OnWork), typeof(OnDeadWork), typeof(EveryHour),
    ]));

    [Fact]
    public void A_name_is_used_once_whatever_its_case()
    {
        string problem = Assert.Single(PortableSignature.Problems([typeof(Echo), typeof(EchoAgain)]));
        Assert.Contains("'Echo'", problem, StringComparison.Ordinal);
        Assert.Contains("EchoAgain.Run", problem, StringComparison.Ordinal);
    }
}
