using Crm.Analysis;
using Crm.Model;

namespace Crm.Tests.Functions.Analysis;

public sealed class UrgencyReadingTests
{
    [Theory]
    [InlineData("Please call back ASAP, our shop is closed.", null, UrgencyLevel.High, "asks-for-haste")]
    [InlineData("The system is down for all of us.", null, UrgencyLevel.High, "cannot-work")]
    [InlineData("我的卡被盗刷了", null, UrgencyLevel.High, "danger-or-fraud")]
    [InlineData("请尽快处理", null, UrgencyLevel.High, "asks-for-haste")]
    [InlineData("I need it by Friday.", null, UrgencyLevel.Raised, "names-a-deadline")]
    [InlineData("This is the third time I write.", null, UrgencyLevel.Raised, "waits-repeatedly")]
    [InlineData("You will hear from my lawyer!!!", -.8, UrgencyLevel.High, "threatens,shouts,bitter")]
    [InlineData("This is horrible.", -.9, UrgencyLevel.Normal, "bitter")]
    [InlineData("It is not urgent, no rush.", null, UrgencyLevel.Normal, "")]
    [InlineData("不着急，有空再回复", null, UrgencyLevel.Normal, "")]
    [InlineData("What colours does the firewall poster come in?", null, UrgencyLevel.Normal, "")]
    public void It_follows_from_the_signals(string text, double? sentiment, UrgencyLevel level, string signals)
    {
        var urgency = UrgencyReading.Of(text, sentiment);
        Assert.Equal((level, signals), (urgency.Level, string.Join(',', urgency.Signals)));
    }
}
