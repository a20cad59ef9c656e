using Crm.Kernel;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Kernel;

public sealed class IdsTests
{
    private const string UrlSafe = "^[0-9a-hjkmnp-tv-z]+$";

    [Fact]
    public void Later_ids_sort_after_earlier_ones_and_tell_their_time()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, 123, TimeSpan.Zero));
        var first = Ids.New(clock);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = Ids.New(clock);
        Assert.True(string.CompareOrdinal(first, second) < 0);
        Assert.Equal(clock.GetUtcNow(), Ids.TimeOf(second));
        Assert.Matches(UrlSafe, first);
        Assert.Equal(26, first.Length);
    }

    [Fact]
    public void Ids_of_one_instant_differ()
    {
        var clock = new FakeTimeProvider();
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => Ids.New(clock)).Distinct().Count());
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => Ids.Unguessable()).Distinct().Count());
    }

    [Fact]
    public void A_natural_key_always_gives_the_same_id()
    {
        Assert.Equal(32, Ids.Of("email:ann@example.org").Length);
        Prop.ForAll<string>(text => text is null || (Ids.Of(text) == Ids.Of(text) && System.Text.RegularExpressions.Regex.IsMatch(Ids.Of(text), UrlSafe))).QuickCheckThrowOnFailure();
        Assert.NotEqual(Ids.Of("a"), Ids.Of("b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0!m842zsn33xvrcnsddrpra99u")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("../../../../../../etc/pass")]
    public void What_is_no_time_ordered_id_has_no_time(string id) => Assert.Null(Ids.TimeOf(id));
}
