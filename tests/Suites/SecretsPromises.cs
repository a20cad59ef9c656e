using Crm.Ports;

namespace Crm.Tests.Suites;

/// <summary>What <see cref="ISecrets"/> promises; every engine keeps it.</summary>
public abstract class SecretsPromises
{
    protected abstract ISecrets Secrets { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_kept_is_read_by_its_reference_and_by_nothing_else()
    {
        var reference = await Secrets.Keep("connection-1", "whsec_Ünïcode 秘密", Token);

        Assert.Equal("whsec_Ünïcode 秘密", await Secrets.Read(reference, Token));
        Assert.DoesNotContain("whsec", reference, StringComparison.Ordinal);
        Assert.Null(await Secrets.Read("connection-1", Token));
        Assert.Null(await Secrets.Read(reference + "0", Token));
    }

    [Fact]
    public async Task A_name_kept_again_holds_the_new_value()
    {
        await Secrets.Keep("twice", "old", Token);
        Assert.Equal("new", await Secrets.Read(await Secrets.Keep("twice", "new", Token), Token));
    }

    [Fact]
    public async Task A_setting_is_read_by_env_and_its_name()
    {
        Assert.Equal("from-the-settings", await Secrets.Read("env:KNOWN", Token));
        Assert.Null(await Secrets.Read("env:UNKNOWN", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-01")]
    public async Task A_name_of_another_form_is_refused_without_telling_the_value(string name)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await Secrets.Keep(name, "the-value", Token));
        Assert.DoesNotContain("the-value", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_may_have_100_characters_and_a_value_many_lines()
    {
        var value = "-----BEGIN-----\n" + new string('k', 5_000) + "\r\n";
        Assert.Equal(value, await Secrets.Read(await Secrets.Keep(new string('n', 100), value, Token), Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("file:")]
    [InlineData("file:../crm.db")]
    [InlineData("file:/etc/passwd")]
    [InlineData("vault:x")]
    public async Task A_reference_of_another_form_is_nothing(string reference) => Assert.Null(await Secrets.Read(reference, Token));
}
