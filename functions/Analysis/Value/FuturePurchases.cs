using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Crm.Analysis.Value;

/// <summary>How the number of future purchases spreads: drawn from the model with what is known of the customer.</summary>
public static class FuturePurchases
{
    private const int Draws = 400;

    /// <summary>
    /// Between these lie <paramref name="confidence"/> of the drawn futures. The same history gives the same interval, on every machine.
    /// </summary>
    public static (double Low, double High) Interval(BetaGeometric model, int repeats, double last, double age, double weeks, double confidence)
    {
        var random = new MersenneTwister(HashCodeOf(repeats, last, age), threadSafe: false);
        var alive = model.ChanceAlive(repeats, last, age);
        var counts = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            if (random.NextDouble() >= alive) continue;
            // Of somebody who is still there, the rate and the chance to leave are known as conjugate distributions.
            var rate = MathNet.Numerics.Distributions.Gamma.Sample(random, model.R + repeats, model.Alpha + age);
            var leaves = Beta.Sample(random, model.A, model.B + repeats);
            counts[i] = Draw(random, rate, leaves, weeks);
        }
        Array.Sort(counts);
        var tail = (1 - confidence) / 2;
        return (counts[(int)(tail * (Draws - 1))], counts[(int)Math.Ceiling((1 - tail) * (Draws - 1))]);
    }

    private static int Draw(MersenneTwister random, double rate, double leaves, double weeks)
    {
        const int Most = 10_000;
        if (rate <= 0) return 0;
        var count = 0;
        for (var at = Exponential.Sample(random, rate); at <= weeks && count < Most; at += Exponential.Sample(random, rate))
        {
            count++;
            if (random.NextDouble() < leaves) break;
        }
        return count;
    }

    private static int HashCodeOf(int repeats, double last, double age) =>
        unchecked((int)(2166136261u ^ (uint)repeats * 16777619u ^ (uint)Math.Round(last * 7) * 40503u ^ (uint)Math.Round(age * 7) * 2654435761u));
}
