using System.Net;
using Crm.Model;
using Crm.Operations;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>A company has a model trained from its own texts, and uses it.</summary>
public sealed class ModelTests
{
    private static readonly object[] Examples =
    [
        .. from label in new[] { "bikes", "boats" }
           from part in new[] { "", " please", " today", " again" }
           select new { text = label == "bikes" ? $"The pedal of my bicycle creaks{part}" : $"The sail of my dinghy tore{part}", label },
    ];

    [Fact]
    public async Task A_model_is_trained_read_and_used_and_a_newer_one_replaces_it()
    {
        await using var world = await World.Begin();
        var asked = await world.Admin.Make("/api/models/parts/train", new { examples = Examples }, HttpStatusCode.Accepted);
        Assert.Equal("queued", asked.Text("state"));
        await world.Settle();

        var model = await world.Admin.Read("/api/models/parts");
        Assert.Equal(asked.Text("id"), model.Text("current"));
        var version = model["versions"]![0]!.AsObject();
        Assert.Equal("ready", version.Text("state"));
        Assert.Equal(8, version["figures"]!["examples"]!.GetValue<int>());
        Assert.Equal("bikes", await Predicted(world, "my bicycle pedal"));
        Assert.Equal("boats", await Predicted(world, "dinghy sail"));
        Assert.Null(await Predicted(world, "人工智能"));

        var second = await world.Admin.Make("/api/models/parts/train", new { examples = Examples.Append(new { text = "A saddle", label = "bikes" }) }, HttpStatusCode.Accepted);
        await world.Settle();
        Assert.Equal(second.Text("id"), (await world.Admin.Read("/api/models/parts")).Text("current"));
        Assert.Equal(2, (await world.Admin.Read("/api/models")).Items().Single()["versions"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_starter_intents_are_there_from_the_first_day()
    {
        await using var world = await World.Begin();
        var answer = await world.Admin.Make("/api/models/intents/predict", new { texts = new[] { "Where is my parcel, when will my order arrive?", "请取消我的订单" } }, HttpStatusCode.OK);
        Assert.Equal("starter", answer.Text("version"));
        Assert.Equal(["order-status", "cancel-order"], answer["predictions"]!.AsArray().Select(p => p!.AsObject().Text("label")));
    }

    [Fact]
    public async Task A_customers_message_is_told_by_our_intents_and_then_by_the_companys_own()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await sender.Deliver(StandardSender.Message("ann@example.org", "Please cancel my order immediately and write to ann@example.org", world.Clock.GetUtcNow()));
        await world.Settle();
        var first = Assert.Single(await Insights(world));
        Assert.Equal(("cancel-order", "starter"), (first.Intent?.Label, first.Intent?.ModelVersion));
        Assert.Equal(UrgencyLevel.High, first.Urgency?.Level);
        Assert.Equal("email", Assert.Single(first.PersonalData).Kind);

        var trained = await world.Admin.Make("/api/models/intents/train", new { examples = Examples }, HttpStatusCode.Accepted);
        await world.Settle();
        await sender.Deliver(StandardSender.Message("ann@example.org", "The sail of my dinghy tore", world.Clock.GetUtcNow()));
        await world.Settle();
        var second = Assert.Single(await Insights(world), i => i.Id != first.Id);
        Assert.Equal(("boats", trained.Text("id")), (second.Intent?.Label, second.Intent?.ModelVersion));
    }

    private static async Task<IReadOnlyList<TextInsight>> Insights(World world)
    {
        var page = await world.Documents.Query(new DocumentQuery(Containers.Insights, null, [], Limit: 100), TestContext.Current.CancellationToken);
        return [.. page.Documents.Where(d => d.Key.Id.StartsWith(TextInsight.KindName + ".", StringComparison.Ordinal)).Select(d => d.As(ModelJson.Crm.TextInsight).Value)];
    }

    [Fact]
    public async Task Whoever_may_not_train_is_refused()
    {
        await using var world = await World.Begin();
        using var agent = await world.As(Role.Agent);
        await agent.Make("/api/models/parts/train", new { examples = Examples }, HttpStatusCode.Forbidden);
        await agent.Make("/api/models/none/predict", new { texts = new[] { "x" } }, HttpStatusCode.NotFound);
    }

    private static async Task<string?> Predicted(World world, string text)
    {
        var answer = await world.Admin.Make("/api/models/parts/predict", new { texts = new[] { text } }, HttpStatusCode.OK);
        return answer["predictions"]![0]!["label"]?.GetValue<string>();
    }
}
