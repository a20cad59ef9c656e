using Crm.Model;
using Crm.Tests.Support;

namespace Crm.Tests.Model;

/// <summary>Phone numbers of every region, and what is none.</summary>
public sealed class PhoneNumberTests
{
    /// <summary>The example numbers of libphonenumber's own metadata. The package may be older: 99 of 100 must hold.</summary>
    [Fact]
    public void Every_region_s_numbers_are_read_in_both_forms()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "tests", "Data", "identities", "phone-numbers.csv")).Skip(1).Select(l => l.Split(',')).Select(c => (Region: c[0], National: c[3], Expected: c[4])).ToList();
        Assert.Equal(1144, rows.Count);
        var international = rows.Count(r => PhoneNumber.Normal(r.Expected) == r.Expected);
        var national = rows.Count(r => PhoneNumber.Normal(r.National, r.Region) == r.Expected);
        Assert.True(international >= rows.Count * .99, $"{international} of {rows.Count} in international form");
        Assert.True(national >= rows.Count * .97, $"{national} of {rows.Count} in national form");
    }

    [Theory]
    [InlineData("+49 151-12345678", null, "+4915112345678")]
    [InlineData("0151 12345678", "DE", "+4915112345678")]
    [InlineData("0151 12345678", null, null)]
    [InlineData("03 331 6005", "NZ", "+6433316005")]
    [InlineData("0064 3 331 6005", "NZ", "+6433316005")]
    [InlineData("＋６４ ３ ３３１ ６００５", null, "+6433316005")]
    [InlineData("tel:+64-3-331-6005", null, "+6433316005")]
    [InlineData("whatsapp:+4915112345678", null, "+4915112345678")]
    [InlineData("12345", "US", null)]
    [InlineData("AMAZON", "US", null)]
    [InlineData("1-800-FLOWERS", "US", null)]
    [InlineData("+650253000 ext. 7", null, null)]
    [InlineData("wa:user:12", null, null)]
    [InlineData("0000", "DE", null)]
    [InlineData("+", null, null)]
    [InlineData("", "DE", null)]
    [InlineData(null, "DE", null)]
    [InlineData("+4915112345678+4915112345678+4915112345678+4915112345678+4915112345678", null, null)]
    public void What_is_no_number_of_one_person_s_is_none(string? text, string? region, string? expected) => Assert.Equal(expected, PhoneNumber.Normal(text, region));
}
