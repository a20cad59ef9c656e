using Crm.Channels.Mime;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Channels.Mime;

/// <summary>An answer without what it answers. Written by us after the habits of each client.</summary>
public sealed class QuotedHabitTests
{
    [Theory]
    [InlineData("Thanks, it works.\n\nOn Mon, Nov 23, 2026 at 9:00 AM Ann <ann@example.org> wrote:\n\n> Try again?\n>\n> Ann\n", "Thanks, it works.")]
    [InlineData("Thanks.\n\nOn Mon, Nov 23, 2026 at 9:00 AM Ann Example\n<ann@example.org>\nwrote:\n> Try again?\n", "Thanks.")]
    [InlineData("> Do you ship to France?\n\nYes.\n\n> And to Spain?\n\nYes, too.", "Yes.\n\nYes, too.")]
    [InlineData("On Mon, Nov 23, 2026 at 9:00 AM Ann <ann@example.org> wrote:\n> Which size?\n\nLarge, please.\n", "Large, please.")]
    [InlineData("Danke!\n\nAm 23.11.2026 um 10:00 schrieb Ann Müller <ann@example.org>:\n> Ist alles da?\n", "Danke!")]
    [InlineData("Merci !\n\nLe lun. 23 nov. 2026 à 10:00, Ann <ann@example.org> a écrit :\n> Tout va bien ?\n", "Merci !")]
    [InlineData("Gracias.\n\nEl lun, 23 nov 2026 a las 10:00, Ann (<ann@example.org>) escribió:\n> ¿Todo bien?\n", "Gracias.")]
    [InlineData("收到了，谢谢。\n\nAnn <ann@example.org> 于2026年11月23日周一 10:00写道：\n> 请查收\n", "收到了，谢谢。")]
    [InlineData("好的\n\n在 2026-11-23 10:00:00，\"Ann\" <ann@example.org> 写道：\n> 可以吗\n", "好的")]
    [InlineData("好的\n\n\n------------------ 原始邮件 ------------------\n发件人: \"Ann\"<ann@example.org>;\n发送时间: 2026年11月23日\n可以吗\n", "好的")]
    [InlineData("See below.\n\nFrom: Ann <ann@example.org>\nSent: Monday, November 23, 2026 9:00 AM\nTo: Support\nSubject: Order\n\nWhere is it?\n", "See below.")]
    [InlineData("Siehe unten.\n\n________________________________\nVon: Ann <ann@example.org>\nGesendet: Montag, 23. November 2026 09:00\nAn: Support\nBetreff: Bestellung\n\nWo ist sie?\n", "Siehe unten.")]
    [InlineData("Voir ci-dessous.\n\nDe : Ann <ann@example.org>\nEnvoyé : lundi 23 novembre 2026 09:00\nÀ : Support\nObjet : Commande\n\nOù ?\n", "Voir ci-dessous.")]
    [InlineData("Vea abajo.\n\nDe: Ann <ann@example.org>\nEnviado el: lunes, 23 de noviembre de 2026 9:00\nPara: Soporte\nAsunto: Pedido\n\n¿Dónde?\n", "Vea abajo.")]
    [InlineData("见下文。\n\n发件人: Ann <ann@example.org>\n发送时间: 2026年11月23日 9:00\n收件人: Support\n主题: 订单\n\n在哪里？\n", "见下文。")]
    [InlineData("Yes.\n\n-----Original Message-----\nFrom: Ann\n\nReally?\n", "Yes.")]
    [InlineData("Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Ann\n\nWirklich?\n", "Ja.")]
    [InlineData("Done.\n\n-- \nAnn Example\nExample Ltd.\n", "Done.")]
    [InlineData("Done.\n\nSent from my iPhone\n\nOn Mon, Nov 23, 2026 at 9:00 AM Bob <b@example.org> wrote:\n> ok?", "Done.")]
    [InlineData("Fertig.\n\nVon meinem iPhone gesendet\n", "Fertig.")]
    [InlineData("Fait.\n\nEnvoyé de mon iPhone\n", "Fait.")]
    [InlineData("Hecho.\n\nEnviado desde mi iPhone\n", "Hecho.")]
    [InlineData("好了\n\n发自我的iPhone\n", "好了")]
    [InlineData("Done.\r\n\r\nGet Outlook for iOS<https://aka.ms/o0ukef>\r\n", "Done.")]
    public void What_is_quoted_and_signed_is_left_out(string text, string own) => Assert.Equal(own, QuotedText.Strip(text));

    [Theory]
    [InlineData("On Monday I wrote to you that 3 parts are missing.\nPlease send them.")]
    [InlineData("From: what I see, 5 days passed.\nIs that normal?")]
    [InlineData("Le colis est arrivé.\n\nAm Montag rufe ich an.")]
    [InlineData("- one\n-- two\n--- three")]
    public void A_persons_own_words_stay(string text) => Assert.Equal(text, QuotedText.Strip(text));

    [Theory]
    [InlineData("> all of it\n> is quoted")]
    [InlineData("-- \nOnly a signature")]
    [InlineData("-----Original Message-----\nFrom: Ann\n\nForwarded without a word")]
    public void A_text_that_is_nothing_else_is_returned_whole(string text) => Assert.Equal(text, QuotedText.Strip(text));

    [Fact]
    public void Nothing_is_invented_and_nothing_becomes_blank() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
        Gen.Elements("> quoted", ">", "", "  ", "Hello", "On Mon, 23 Nov 2026, Ann wrote:", "wrote:", "From: Ann", "Sent: 23 Nov", "To: Bob", "-- ", "Sent from my iPhone",
            "-----Original Message-----", "________________________________", "在 2026-11-23 Ann 写道：", "日期：2026").ListOf().Select(l => string.Join('\n', l)).ToArbitrary(),
        text =>
        {
            var own = QuotedText.Strip(text);
            var lines = text.Split('\n').Select(l => l.Trim()).ToList();
            return string.IsNullOrWhiteSpace(text) == string.IsNullOrWhiteSpace(own) && own.Split('\n').All(l => lines.Contains(l.Trim()));
        }));
}
