using Crm.Analysis.PersonalData;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Analysis;

public sealed class PersonalDataFinderTests
{
    [Theory]
    [InlineData("Write to ann.lee+shop@mail.example.org, please.", "en", "email", "ann.lee+shop@mail.example.org")]
    [InlineData("我的邮箱是ann@example.org谢谢", "zh", "email", "ann@example.org")]
    [InlineData("My card is 4111 1111 1111 1111.", "en", "card", "4111 1111 1111 1111")]
    [InlineData("Card 378282246310005 was charged", "en", "card", "378282246310005")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00", "en", "iban", "DE89 3704 0044 0532 0130 00")]
    [InlineData("Pay to GB82WEST12345698765432 today", "en", "iban", "GB82WEST12345698765432")]
    [InlineData("身份证号11010519491231002X。", "zh", "cn-resident-id", "11010519491231002X")]
    [InlineData("SSN 536-90-4399", "en", "us-ssn", "536-90-4399")]
    [InlineData("from 203.0.113.7.", "en", "ip", "203.0.113.7")]
    [InlineData("from 2001:db8::ff00:42:8329", "en", "ip", "2001:db8::ff00:42:8329")]
    [InlineData("Ring +44 20 7946 0958 please", "en", "phone", "+44 20 7946 0958")]
    [InlineData("我的手机13812345678", "zh", "phone", "13812345678")]
    [InlineData("call me at (212) 555-2368", "en", "phone", "(212) 555-2368")]
    public void What_has_a_form_is_found_with_its_place(string text, string language, string kind, string value)
    {
        var found = Assert.Single(PersonalDataFinder.Find(text, language));
        Assert.Equal((kind, value), (found.Kind, text.Substring(found.Start, found.Length)));
    }

    [Theory]
    [InlineData("My card is 4111 1111 1111 1112.")]
    [InlineData("IBAN DE88 3704 0044 0532 0130 00")]
    [InlineData("身份证号110105194912310021")]
    [InlineData("Order 48213 of 2026-11-23 at 12:30:45")]
    [InlineData("Version 1.2.3.999 and 12.5 percent")]
    [InlineData("me@home, twitter @ann")]
    [InlineData("order number 2125552368")]
    [InlineData("")]
    [InlineData(null)]
    public void What_only_looks_like_it_is_not(string? text) => Assert.Empty(PersonalDataFinder.Find(text, "en"));

    [Fact]
    public void Places_lie_inside_the_text_in_order_and_apart() => Prop.ForAll(
        Gen.Elements("ann@example.org", "4111111111111111", "+4915112345678", "GB82WEST12345698765432", "203.0.113.7", " ", ", ", "好", "x").ListOf().Select(string.Concat).ToArbitrary(),
        text =>
        {
            var end = 0;
            foreach (var place in PersonalDataFinder.Find(text, "en"))
            {
                if (place.Start < end || place.Length < 1) return false;
                end = place.Start + place.Length;
            }
            return end <= text.Length;
        }).QuickCheckThrowOnFailure();
}
