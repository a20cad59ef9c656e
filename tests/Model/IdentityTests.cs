using Crm.Model;
using Crm.Tests.Support;

namespace Crm.Tests.Model;

/// <summary>One mailbox is one identity however its address is written; what many share is nobody's.</summary>
public sealed class IdentityTests
{
    [Fact]
    public void Mail_keys_are_those_of_validator_js()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "tests", "Data", "identities", "mail-keys.csv")).Skip(1)
            .Select(l => l.Replace("\"\"\"", "\"", StringComparison.Ordinal).Replace("\"\"@", "\"@", StringComparison.Ordinal).Split(',')).Select(c => (Input: Field(c[0]), Expected: Field(c[1]))).ToList();
        Assert.Equal(15, rows.Count);
        Assert.All(rows, r => Assert.Equal(r.Expected == "(reject)" ? null : r.Expected, Identity.Email(r.Input)?.Value));
    }

    [Fact]
    public void What_is_written_to_stays_as_it_was_given()
    {
        var identity = Identity.Email(" Some.Name+News@GoogleMail.com ")!;
        Assert.Equal(("somename@gmail.com", "some.name+news@googlemail.com"), (identity.Value, identity.Address));
        Assert.Equal(Identity.Email("somename@gmail.com"), identity);
        Assert.Equal(Identity.Email("somename@gmail.com")!.DocumentId, identity.DocumentId);
    }

    [Theory]
    [InlineData("info@acme.example", true)]
    [InlineData("INFO@acme.example", true)]
    [InlineData("information@acme.example", false)]
    [InlineData("ann@example.invalid", true)]
    [InlineData("test@test.com", true)]
    [InlineData("ann@test.com", false)]
    public void Shared_mailboxes_are_blocked(string address, bool blocked) =>
        Assert.Equal(blocked, new BlockedIdentities(BlockedIdentities.Default.Split(',')).Holds(Identity.Email(address)!));

    [Theory]
    [InlineData("phone", "+4900000000", true)]
    [InlineData("phone", "+4915111111111", true)]
    [InlineData("phone", "+4915112345678", false)]
    [InlineData("external", "info@acme.example", false)]
    public void Numbers_that_fill_a_field_are_blocked(string type, string value, bool blocked) =>
        Assert.Equal(blocked, new BlockedIdentities(BlockedIdentities.Default.Split(',')).Holds(new Identity(type, value)));

    /// <summary>Quoted fields end in a quote that is no part of them.</summary>
    private static string Field(string text) => text.StartsWith('"') ? text[..^1] : text;
}
