namespace Crm.Bench.Load;

/// <summary>What customers write in: a subject and a text of about 600 characters each.</summary>
internal static class EventTexts
{
    public static IReadOnlyList<(string Subject, string Text)> All { get; } =
    [
        ("Parcel has not arrived",
            "Hello, I ordered two desk lamps from you three weeks ago and the parcel still has not arrived. The tracking page "
            + "has shown the same line for nine days now: handed over to the carrier. I called them and they say that they never "
            + "got it from you. I was at home on every one of those days, so nobody can have missed me. Could you please find out "
            + "where the lamps are and tell me when I can expect them? If they are lost I would rather have my money back than "
            + "wait for another three weeks. I have been a customer for years and was always content until now, so I hope that "
            + "this can be settled quickly. Kind regards and thank you in advance for your help."),
        ("Thank you, and a question on the invoice",
            "Dear team, thank you for the quick replacement, the new chair came yesterday and it is perfect. My daughter put it "
            + "together in ten minutes and the whole family has tried it by now. One small thing remains: the invoice still shows "
            + "the old company name and the address that we left in spring. Our accountant will not take it like that. Would you "
            + "send a corrected one with the name as it stands in my profile? There is no hurry, the end of the month is fine. "
            + "And please pass my thanks on to the colleague I had on the telephone, she was patient and knew at once what was "
            + "needed. I shall gladly recommend you to friends. Best wishes from the north."),
        ("Cannot sign in since the update",
            "Hi, since the update on Monday I cannot sign in any more. I type my address and password, the page turns for a while "
            + "and then it says that something went wrong and that I should try again later. I have tried it on the laptop and on "
            + "the telephone, with and without the saved password, and I have reset it twice. The mail with the link came at once, "
            + "the new password was taken, and then the very same message appears. My colleagues in the same office can sign in "
            + "without trouble, so it seems to be about my account only. We have a deadline on Friday and I need the documents in "
            + "there, so this is rather urgent for us. Please call me back if you need more."),
        ("Offer for forty seats",
            "Good morning, we are a joinery with forty people in two towns and are looking for a system that keeps our customers, "
            + "offers and appointments in one place. At present each of us has a list of his own and nobody knows who called whom. "
            + "A friend who runs a roofing company uses yours and speaks well of it. Could you make us an offer for forty seats, "
            + "with the price for a year paid in advance and for monthly payment? We would also like to know whether our old lists "
            + "can be brought in, they are spreadsheets with about nine thousand rows, and how long it takes until people can "
            + "work with it. A meeting next week would suit us, Tuesday or Thursday afternoon."),
    ];
}
