namespace Dunnhumby.SampleData.Promotions;

/// <summary>What the chain does with a product in a week, packed into 16 bits: a table of them has one for every product and week.</summary>
internal readonly record struct Offer(ushort Bits)
{
    private const int CodeBits = 4;
    private const int CodeMask = 15;

    internal Offer(int display, int mailer, int depth)
        : this((ushort)(display | (mailer << CodeBits) | (depth << (2 * CodeBits))))
    {
    }

    /// <summary>Position of the display code that most stores use.</summary>
    internal int Display => Bits & CodeMask;

    /// <summary>Position of the mailer code.</summary>
    internal int Mailer => (Bits >> CodeBits) & CodeMask;

    /// <summary>Per cent off the shelf price.</summary>
    internal int Depth => Bits >> (2 * CodeBits);

    internal bool IsAdvertised => (Bits & 0xFF) != 0;
}
