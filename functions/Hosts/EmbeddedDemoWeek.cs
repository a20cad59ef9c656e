using System.Globalization;

namespace Crm.Hosts;

internal sealed record DemoEvent(string Id, string Email, string Name, bool Inbound, string Channel, string? Subject, string Text, DateTimeOffset OccurredAt);

/// <summary>Seven days of a made-up bicycle shop, ending yesterday. The same every time but for the dates.</summary>
internal static class DemoWeek
{
    public const string AngryCustomer = "marta.vogel@example.org";

    private static readonly (string Name, string Email)[] People =
    [
        ("Ann Larkin", "ann.larkin@example.org"), ("Tom Okafor", "tom.okafor@example.net"), ("李娜", "lina@example.com"), ("王伟", "wangwei@example.com"),
        ("张敏", "zhangmin@example.com"), ("Sofia Reyes", "sofia.reyes@example.org"), ("Jonas Becker", "jonas.becker@example.net"), ("Priya Nair", "priya.nair@example.org"),
        ("Liam O'Brien", "liam.obrien@example.com"), ("Chloé Martin", "chloe.martin@example.org"), ("Noah Smith", "noah.smith@example.net"), ("Emma Rossi", "emma.rossi@example.org"),
        ("Hana Kim", "hana.kim@example.com"), ("Kenji Sato", "kenji.sato@example.com"), ("Olga Petrova", "olga.petrova@example.net"), ("Ahmed Hassan", "ahmed.hassan@example.org"),
        ("Maria Silva", "maria.silva@example.net"), ("Lukas Novak", "lukas.novak@example.org"), ("Grace Lee", "grace.lee@example.com"), ("Ben Carter", "ben.carter@example.net"),
        ("陈静", "chenjing@example.com"), ("刘洋", "liuyang@example.com"), ("Isla Fraser", "isla.fraser@example.org"), ("Diego Torres", "diego.torres@example.org"),
        ("Nina Berg", "nina.berg@example.net"), ("Omar Farouk", "omar.farouk@example.com"), ("Ruth Cohen", "ruth.cohen@example.org"), ("Yuki Tanaka", "yuki.tanaka@example.com"),
        ("Paul Schmidt", "paul.schmidt@example.net"), ("Zoe Adams", "zoe.adams@example.org"),
    ];

    private static readonly (string Subject, string Text)[] Asked =
    [
        ("Where is my order?", "Hi, I ordered a helmet last week and the tracking page has not moved for three days. Could you please check where it is?"),
        ("Wonderful service", "The new bike arrived today and it is fantastic. The assembly was easy and the brakes feel great. Thank you so much!"),
        ("Wrong size", "The jersey you sent is a medium, but I ordered a large. I am a bit disappointed. How can I exchange it?"),
        ("Question about the warranty", "Does the two year warranty cover the battery of the city e-bike as well? I could not find it on your page."),
        ("Broken light", "The front light stopped working after a single ride in the rain. This is really annoying, I expected better quality."),
        ("Thanks", "Just a quick note to say that your mechanic was friendly and very helpful. I love the result."),
        ("Invoice", "Please send me an invoice with my company's address for order 48213."),
        ("Late again", "This is the second time that the delivery is late. Terrible experience, I am losing my patience."),
        ("Opening hours", "Are you open on Saturday afternoon? I would like to come by for a test ride."),
        ("Great advice", "Thank you for the advice about the saddle. It is so comfortable now, best purchase this year!"),
        ("订单问题", "你好，我上周买的头盔还没有收到，物流信息三天没有更新了，请帮我查一下。"),
        ("非常满意", "新的自行车今天到了，质量很好，安装也很简单，非常感谢你们的服务。"),
        ("Frage zur Lieferung", "Guten Tag, können Sie mir bitte sagen, wann mein Fahrrad geliefert wird? Ich warte seit zwei Wochen."),
        ("Pregunta sobre mi pedido", "Hola, quisiera saber cuándo llegará mi pedido y si puedo cambiar la dirección de entrega."),
        ("Une question", "Bonjour, est-ce que vous réparez aussi les vélos achetés dans un autre magasin ?"),
    ];

    private static readonly string[] Answered =
    [
        "Thank you for writing to us. I have asked the carrier and will come back to you this afternoon.",
        "We are sorry for the trouble. A replacement is on its way, and you can keep the first one.",
        "Glad to hear that, thank you! Have a great ride.",
        "Yes, we are open on Saturday from 10 to 16. See you then!",
        "Your invoice is attached. Please tell us if anything is missing.",
    ];

    public static IReadOnlyList<DemoEvent> Events(DateTimeOffset now)
    {
        var random = new Random(20260201);
        var lastMidnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var events = new List<DemoEvent>();
        for (var day = 7; day >= 1; day--)
        {
            var conversations = 20 + random.Next(10);
            for (var i = 0; i < conversations; i++)
            {
                var (name, email) = People[random.Next(People.Length)];
                var (subject, text) = Asked[random.Next(Asked.Length)];
                var at = lastMidnight.AddDays(-day).AddMinutes(420 + random.Next(780));
                var channel = random.Next(10) switch { < 6 => "email", < 8 => "webchat", < 9 => "whatsapp", _ => "sms" };
                Add(events, email, name, true, channel, channel == "email" ? subject : null, text, at);
                if (random.Next(10) < 7)
                    Add(events, email, name, false, channel, channel == "email" ? "Re: " + subject : null, Answered[random.Next(Answered.Length)], at.AddMinutes(10 + random.Next(110)));
            }
        }
        AddStory(events, lastMidnight);
        return events;
    }

    private static void AddStory(List<DemoEvent> events, DateTimeOffset lastMidnight)
    {
        const string Name = "Marta Vogel";
        const string Subject = "Cracked frame, and nobody answers";
        Add(events, AngryCustomer, Name, true, "email", Subject, "The frame of my new bike cracked after two days. This is dangerous and a terrible failure. I am furious!", lastMidnight.AddDays(-6).AddHours(8));
        Add(events, AngryCustomer, Name, true, "email", "Re: " + Subject, "This is awful service. I am angry and disappointed, I want my money back, and I will tell everybody how terrible this was.", lastMidnight.AddDays(-4).AddHours(9));
        Add(events, AngryCustomer, Name, false, "email", "Re: " + Subject, "We are deeply sorry, Marta. A courier brings you a new frame tomorrow, and the refund is on its way today.", lastMidnight.AddDays(-4).AddHours(9.5));
        Add(events, AngryCustomer, Name, true, "email", "Re: " + Subject, "The new frame is here and it is perfect. Thank you for being so kind and quick, I am happy to stay your customer!", lastMidnight.AddDays(-2).AddHours(17));
    }

    private static void Add(List<DemoEvent> events, string email, string name, bool inbound, string channel, string? subject, string text, DateTimeOffset at) =>
        events.Add(new DemoEvent(string.Create(CultureInfo.InvariantCulture, $"demo-{at:yyyyMMdd}-{events.Count:0000}"), email, name, inbound, channel, subject, text, at));
}
