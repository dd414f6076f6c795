namespace Dunnhumby.SampleData.Planning;

/// <summary>What to generate. The same options give the same bytes, whatever <see cref="Parallelism"/>.</summary>
public sealed record JourneyOptions
{
    /// <summary>The weeks of the original data.</summary>
    public const int AllWeeks = 102;

    private const double SmallestScale = 0.002;

    // Basket numbers leave room for 10,000 households in a minute.
    private const double LargestScale = 4.0;

    /// <summary>Size: 1 is the original's 2,500 households; transactions and causal rows grow with it, products and stores with its root.</summary>
    public double Scale { get; init; } = 1.0;

    /// <summary>What all randomness comes from.</summary>
    public ulong Seed { get; init; } = 8451;

    /// <summary>How many weeks the data cover, 1 to 102. Fewer weeks are the beginning of the same data.</summary>
    public int Weeks { get; init; } = AllWeeks;

    /// <summary>Bad rows to plant in every file, as a share of its rows, 0 to 0.5. Above 0 every kind occurs at least once in every file.</summary>
    public double DefectRate { get; init; }

    /// <summary>Only the transactions and redemptions of these days; null for all.</summary>
    public DayRange? Days { get; init; }

    /// <summary>False for the twin: the same people, prices, promotions and chances, but nothing has any effect.</summary>
    public bool Effects { get; init; } = true;

    /// <summary>How many threads work; the output does not depend on it.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits.</exception>
    internal void Validate()
    {
        Check(Scale is >= SmallestScale and <= LargestScale, nameof(Scale), Scale, "must be from 0.002 to 4.");
        Check(Weeks is >= 1 and <= AllWeeks, nameof(Weeks), Weeks, "must be from 1 to 102.");
        Check(DefectRate is >= 0 and <= 0.5, nameof(DefectRate), DefectRate, "must be from 0 to 0.5.");
        Check(Parallelism >= 1, nameof(Parallelism), Parallelism, "must be at least 1.");
        Check(Days is null || (Days.First >= 1 && Days.First <= Days.Last), nameof(Days), Days, "must be FROM..TO, from day 1 on and in order.");
    }

    private static void Check(bool isRight, string name, object? value, string rule)
    {
        if (!isRight)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} {rule}");
        }
    }
}

/// <summary>Days from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public sealed record DayRange(int First, int Last)
{
    /// <summary>Reads <c>FROM..TO</c>, or one day; false when the text is neither.</summary>
    public static bool TryParse(string text, out DayRange? range)
    {
        ArgumentNullException.ThrowIfNull(text);
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        var from = dots < 0 ? text : text[..dots];
        var to = dots < 0 ? text : text[(dots + 2)..];
        range = int.TryParse(from, out var first) && int.TryParse(to, out var last) ? new DayRange(first, last) : null;
        return range is not null;
    }
}
