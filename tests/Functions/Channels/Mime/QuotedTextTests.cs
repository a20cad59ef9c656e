using Crm.Channels.Mime;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Channels.Mime;

/// <summary>Replies by the mail programs people use: what the person wrote, and nothing else.</summary>
public sealed class QuotedTextTests
{
    [Theory]
    [InlineData("Gmail", "Yes, please.\n\nOn Mon, Nov 23, 2026 at 9:00 AM Support <support@company.example> wrote:\n\n> Shall we send it again?\n> Support")]
    [InlineData("Gmail, wrapped", "Yes, please.\n\nOn Mon, Nov 23, 2026 at 9:00 AM Support Team of the Company\n<support@company.example> wrote:\n\n> Shall we send it again?")]
    [InlineData("Apple", "Yes, please.\n\nSent from my iPhone\n\n> On 23 Nov 2026, at 09:00, Support <support@company.example> wrote:\n> \n> Shall we send it again?")]
    [InlineData("Apple, own line", "Yes, please.\n\n> Am 23.11.2026 um 09:00 schrieb Support <support@company.example>:\n> \n> Sollen wir?")]
    [InlineData("Outlook", "Yes, please.\n\nFrom: Support <support@company.example>\nSent: Monday, November 23, 2026 9:00 AM\nTo: Ann <ann@example.org>\nSubject: Your order\n\nShall we send it again?")]
    [InlineData("Outlook, German", "Yes, please.\n\nVon: Support <support@company.example>\nGesendet: Montag, 23. November 2026 09:00\nAn: Ann <ann@example.org>\nBetreff: Ihre Bestellung\n\nSollen wir?")]
    [InlineData("Outlook, French", "Yes, please.\n\nDe : Support <support@company.example>\nEnvoyé : lundi 23 novembre 2026 09:00\nÀ : Ann <ann@example.org>\nObjet : Votre commande\n\nOn renvoie ?")]
    [InlineData("Outlook, Spanish", "Yes, please.\n\nDe: Support <support@company.example>\nEnviado el: lunes, 23 de noviembre de 2026 9:00\nPara: Ann <ann@example.org>\nAsunto: Su pedido\n\n¿Lo enviamos?")]
    [InlineData("Outlook, Chinese", "Yes, please.\n\n发件人: Support <support@company.example>\n发送时间: 2026年11月23日 9:00\n收件人: Ann <ann@example.org>\n主题: 您的订单\n\n要重新寄吗？")]
    [InlineData("Outlook, line", "Yes, please.\n\n________________________________\nFrom: Support <support@company.example>\n\nShall we?")]
    [InlineData("Outlook, old", "Yes, please.\n\n-----Original Message-----\nFrom: Support\n\nShall we?")]
    [InlineData("German", "Yes, please.\n\nAm Mo., 23. Nov. 2026 um 09:00 Uhr schrieb Support <support@company.example>:\n\n> Sollen wir?")]
    [InlineData("French", "Yes, please.\n\nLe lun. 23 nov. 2026 à 09:00, Support <support@company.example> a écrit :\n\n> On renvoie ?")]
    [InlineData("Spanish", "Yes, please.\n\nEl lun, 23 nov 2026 a las 9:00, Support (<support@company.example>) escribió:\n\n> ¿Lo enviamos?")]
    [InlineData("Chinese", "Yes, please.\n\nSupport <support@company.example> 于2026年11月23日周一 09:00写道：\n\n> 要重新寄吗？")]
    [InlineData("QQ", "Yes, please.\n\n------------------ 原始邮件 ------------------\n发件人: \"Support\"\n\n要重新寄吗？")]
    [InlineData("Chinese, Apple", "Yes, please.\n\n发自我的iPhone\n\n> 在 2026年11月23日，09:00，Support <support@company.example> 写道：\n> \n> 要重新寄吗？")]
    [InlineData("signature", "Yes, please.\n\n-- \nAnn Example\nHead of Everything")]
    [InlineData("phone", "Yes, please.\n\nGet Outlook for iOS")]
    [InlineData("CRLF", "Yes, please.\r\n\r\nOn Mon, Nov 23, 2026 at 9:00 AM Support <s@company.example> wrote:\r\n> Shall we?\r\n")]
    public void A_reply_is_what_the_person_wrote(string program, string text)
    {
        Assert.NotEmpty(program);
        Assert.Equal("Yes, please.", QuotedText.Strip(text));
    }

    [Fact]
    public void Answers_below_and_between_the_quoted_lines_are_kept() =>
        Assert.Equal("Hello\n\nyes\n\nno", QuotedText.Strip("Hello\n\nOn Mon, Nov 23, 2026 at 9:00 AM Support <s@company.example> wrote:\n> Is it red?\n\nyes\n\n> Is it blue?\nno"));

    [Theory]
    [InlineData("On Monday I wrote:\nplease call me.")]
    [InlineData("From: the beginning I knew that it would break.\nTo: say it plainly.")]
    [InlineData("I paid -- twice -- for it.")]
    [InlineData("Am Montag schrieb ich Ihnen schon einmal. Antwort?")]
    [InlineData("De: Madrid a Sevilla, dos billetes")]
    public void A_person_s_own_words_stay(string text) => Assert.Contains(text.Split('\n')[^1], QuotedText.Strip(text), StringComparison.Ordinal);

    [Fact]
    public void What_is_forwarded_is_what_the_person_wants_us_to_read()
    {
        const string Text = "Please see below.\n\n---------- Forwarded message ---------\nFrom: Bob <bob@example.org>\nDate: Mon\nSubject: Broken\nTo: ann@example.org\n\nIt broke.";
        Assert.Equal(Text, QuotedText.Strip(Text));
    }

    [Theory]
    [InlineData("> all of it\n> is quoted")]
    [InlineData("On Mon, Nov 23, 2026 at 9:00 AM Support <s@company.example> wrote:\n> Shall we?")]
    [InlineData("-- \nAnn")]
    public void A_mail_that_is_nothing_else_stays_whole(string text) => Assert.Equal(text, QuotedText.Strip(text));

    [Fact]
    public void It_never_invents_or_loses_everything()
    {
        Prop.ForAll<string[]>(lines =>
        {
            var text = string.Join('\n', lines.Select(l => l ?? "").Append("word"));
            var stripped = QuotedText.Strip(text);
            return stripped.Length > 0 && stripped.Split('\n').All(l => text.ReplaceLineEndings("\n").Contains(l.Trim(), StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }
}
