using Crm.Communications;

namespace Crm.Tests.Functions.Communications;

/// <summary>What belongs together by subject and time.</summary>
public sealed class ThreadTimesTests
{
    [Theory]
    [InlineData("Re: Order", "order")]
    [InlineData("RE: AW: Fwd: Order", "order")]
    [InlineData("Re[2]: Order", "order")]
    [InlineData("回复：订单", "订单")]
    [InlineData("答复: 转发: 订单", "订单")]
    [InlineData("[External] Re: Order", "order")]
    [InlineData("Reorder: today", "reorder: today")]
    [InlineData("Re:", "")]
    [InlineData(null, "")]
    public void Marks_of_answering_are_no_part_of_the_subject(string? subject, string plain) => Assert.Equal(plain, ThreadTimes.Plain(subject));

    [Theory]
    [InlineData("Re: Order", null, true)]
    [InlineData("Order", null, false)]
    [InlineData("Fwd: Order", null, false)]
    [InlineData("Re: Order", "m-0", false)]
    public void Only_an_answer_that_names_no_message_goes_by_its_subject(string subject, string? answers, bool bare)
    {
        var activity = Mails.Of("a", answers: answers, subject: subject);
        Assert.Equal(bare, ThreadTimes.IsBareAnswer(activity, ThreadNames.Of(activity)));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(7 * 24, true)]
    [InlineData(7 * 24 + 1, false)]
    public void An_answer_joins_what_came_within_a_week_before_it(int hours, bool joins)
    {
        var times = new ThreadTimes("t", "c", ThreadTimes.KindName, []).With(Mails.Start, false, false, "conversation");
        Assert.Equal(joins, times.Joined(Mails.Start.AddHours(hours), true, false).Count == 1);
        // The same, told in the other order.
        var answers = new ThreadTimes("t", "c", ThreadTimes.KindName, []).With(Mails.Start.AddHours(hours), true, false, "conversation");
        Assert.Equal(joins, answers.Joined(Mails.Start, false, false).Count == 1);
    }

    [Fact]
    public void Two_that_are_no_answers_stay_apart() =>
        Assert.Empty(new ThreadTimes("t", "c", ThreadTimes.KindName, []).With(Mails.Start, false, false, "conversation").Joined(Mails.Start.AddHours(1), false, false));

    [Theory]
    [InlineData(24, true)]
    [InlineData(25, false)]
    [InlineData(-24, true)]
    public void A_chat_goes_on_until_a_day_of_silence(int hours, bool joins) =>
        Assert.Equal(joins, new ThreadTimes("t", "c", ThreadTimes.KindName, []).With(Mails.Start, false, true, "conversation").Joined(Mails.Start.AddHours(hours), false, true).Count == 1);

    [Fact]
    public void A_chat_takes_one_entry_however_long_it_is()
    {
        var times = new ThreadTimes("t", "c", ThreadTimes.KindName, []);
        for (var i = 0; i < 500; i++) times = times.With(Mails.Start.AddHours(i), false, true, "conversation");
        Assert.Equal(new ThreadTime("conversation", false, Mails.Start, Mails.Start.AddHours(499)), Assert.Single(times.Times));
    }
}
