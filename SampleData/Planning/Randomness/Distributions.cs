namespace Dunnhumby.SampleData.Planning.Randomness;

/// <summary>Draws from the usual distributions, written out so that they are the same for every version of the runtime.</summary>
internal static class Distributions
{
    private const double LargeMean = 40;

    /// <summary>The exponential number with mean 1 that 64 random bits stand for.</summary>
    internal static double Wait(ulong bits) => -Math.Log(1 - RandomStream.ToUnit(bits));

    extension(ref RandomStream stream)
    {
        /// <summary>Standard normal, by Box and Muller's transform; takes two numbers.</summary>
        internal double NextNormal()
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - stream.NextUnit()));
            return radius * Math.Cos(2 * Math.PI * stream.NextUnit());
        }

        /// <summary>Log-normal with the given median; takes two numbers.</summary>
        internal double NextLogNormal(double median, double sigma) => median * Math.Exp(sigma * stream.NextNormal());

        /// <summary>Exponential with mean 1.</summary>
        internal double NextExponential() => Wait(stream.NextBits());

        /// <summary>Poisson: by multiplication (Knuth) for small means, by the rounded normal for large ones.</summary>
        internal int NextPoisson(double mean)
        {
            if (mean > LargeMean)
            {
                return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * stream.NextNormal())));
            }

            var limit = Math.Exp(-mean);
            var count = 0;
            for (var product = stream.NextUnit(); product > limit; product *= stream.NextUnit())
            {
                count++;
            }

            return count;
        }

        /// <summary>The position that a weighted wheel stops at.</summary>
        internal int NextWeighted(ReadOnlySpan<double> weights)
        {
            var total = 0.0;
            foreach (var weight in weights)
            {
                total += weight;
            }

            var rest = stream.NextUnit() * total;
            for (var index = 0; index < weights.Length - 1; index++)
            {
                rest -= weights[index];
                if (rest < 0)
                {
                    return index;
                }
            }

            return weights.Length - 1;
        }
    }
}
