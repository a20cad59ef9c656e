using Crm.Analysis;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Analysis;

public sealed class SentimentShiftTests
{
    [Fact]
    public void But_shifts_as_the_authors_program_does_by_looking_each_value_up() =>
        Prop.ForAll(Gen.Elements(0, 1.9, -2.5, .95, 1.425, -1.25).ArrayOf().Where(r => r.Length > 0).ToArbitrary(), Gen.Choose(0, 1_000).ToArbitrary(), (ratings, any) =>
        {
            var but = any % ratings.Length;
            ratings[but] = 0;
            var expected = ratings.ToArray();
            for (var i = 0; i < expected.Length; i++)
            {
                var first = Array.IndexOf(expected, expected[i]);
                expected[first] *= first < but ? .5 : first > but ? 1.5 : 1;
            }
            SentimentShift.AtBut(ratings, but);
            return ratings.SequenceEqual(expected);
        }).Check(AnyText.Often);
}
