using Crm.Marketing.Funnel;
using Crm.Model;
using static Crm.Tests.Functions.Marketing.CampaignEvents;

namespace Crm.Tests.Functions.Marketing;

/// <summary>People's opens and clicks are told from machines'.</summary>
public sealed class EngagementReadingTests
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36";

    [Theory]
    [InlineData(Browser, null)]
    [InlineData("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", null)]
    [InlineData("Mozilla/5.0", MachineReason.Agent)]
    [InlineData("Mozilla/5.0 (compatible; Barracuda Sentinel)", MachineReason.Agent)]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", MachineReason.Agent)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Cubot Note) AppleWebKit/537.36", null)]
    public void An_open_is_read_by_its_agent(string agent, MachineReason? expected) =>
        Assert.Equal(expected, One(Of("message.opened", 600, agent: agent)));

    [Fact]
    public void What_the_sender_says_counts_first() =>
        Assert.Equal(MachineReason.SenderSays, One(Of("message.opened", 600, agent: Browser, machine: true)));

    [Theory]
    [InlineData(12, MachineReason.AtDelivery)]
    [InlineData(13, null)]
    [InlineData(9, null)]
    public void An_open_within_two_seconds_of_the_delivery_is_a_machine_s(double second, MachineReason? expected) =>
        Assert.Equal(expected, One(Of("message.opened", second, agent: Browser), Of("message.delivered", 10)));

    [Fact]
    public void The_delivery_of_another_message_says_nothing() =>
        Assert.Null(One(Of("message.opened", 11, agent: Browser), Of("message.delivered", 10, message: "m2")));

    [Fact]
    public void Several_links_at_once_are_a_scanner_s_and_the_same_link_twice_is_not()
    {
        Activity[] events =
        [
            Of("message.clicked", 600, "https://a.example", Browser), Of("message.clicked", 602, "https://b.example", Browser),
            Of("message.clicked", 900, "https://a.example", Browser, id: "again-1"), Of("message.clicked", 901, "https://a.example", Browser, id: "again-2"),
            Of("message.clicked", 904, "https://b.example", Browser, id: "later"),
        ];
        var read = EngagementReading.Of(events);
        Assert.Equal([MachineReason.SeveralLinksAtOnce, MachineReason.SeveralLinksAtOnce, null, null, null], events.Select(e => read[e.Id]));
    }

    [Fact]
    public void A_request_for_the_head_alone_is_no_visit() =>
        Assert.Equal(MachineReason.HeadRequest, One(Of("message.clicked", 600, "https://a.example", Browser, properties: """{"method":"head"}""")));

    private static MachineReason? One(Activity e, params Activity[] others) => EngagementReading.Of([e, .. others])[e.Id];
}
