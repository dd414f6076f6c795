namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// Splits one row into fields by the rules of RFC 4180: quotes, doubled quotes, line breaks in quotes; a row ends with LF, CRLF or CR. This is the
/// thorough path, for header rows and for every row that <see cref="FastRows"/> does not take.
/// </summary>
internal sealed class RowSplitter
{
    private static readonly System.Buffers.SearchValues<byte> FieldEnds = System.Buffers.SearchValues.Create(",\n\r"u8);
    private static readonly System.Buffers.SearchValues<byte> InQuotes = System.Buffers.SearchValues.Create("\"\n\r"u8);

    /// <summary>More lines than this in the quotes of a faulty row are the rows behind a quote that was left open.</summary>
    private const int FarLines = 10;

    private readonly List<int> _ends = [];
    private byte[] _text = new byte[1_024];
    private int _length;

    /// <summary>How many fields the row has.</summary>
    internal int Fields => _ends.Count;

    /// <summary>Bytes of the row without its line end.</summary>
    internal int RowLength { get; private set; }

    /// <summary>Bytes of the row with its line end.</summary>
    internal int Consumed { get; private set; }

    /// <summary>Line breaks in the row, its end included.</summary>
    internal int LineBreaks { get; private set; }

    /// <summary>Whether the row ends with a line end rather than with the file.</summary>
    internal bool HasLineEnd { get; private set; }

    /// <summary>Whether the last field was quoted and its quote closed.</summary>
    internal bool LastFieldClosed { get; private set; }

    /// <summary>Whether a quote is open where the data ends.</summary>
    internal bool QuoteIsOpen { get; private set; }

    /// <summary>The first misplaced quote: its reason, the position of its field, and whether blanks outside the quotes are all that is wrong; null when there is none.</summary>
    internal (string Reason, int Field, bool IsPadding)? QuoteFault { get; private set; }

    /// <summary>How many of its quoted fields span lines.</summary>
    internal int MultilineFields { get; private set; }

    /// <summary>
    /// Whether, if the row is at fault, that is because a quote was left open and ran to the next one further down: text stands behind a quoted field that
    /// spans lines, or quotes span very many lines.
    /// </summary>
    internal bool IsRunaway { get; private set; }

    /// <summary>The text of a field, unquoted.</summary>
    internal ReadOnlySpan<byte> Field(int index) => _text.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);

    /// <summary>
    /// Splits the row that <paramref name="data"/> begins with. False when its end is not in the data and more may come, or
    /// (<see cref="QuoteIsOpen"/>) when the file ends inside quotes.
    /// </summary>
    internal bool TrySplit(ReadOnlySpan<byte> data, bool isLast)
    {
        _ends.Clear();
        _length = 0;
        LineBreaks = 0;
        QuoteFault = null;
        QuoteIsOpen = false;
        IsRunaway = false;
        MultilineFields = 0;
        var position = 0;
        while (true)
        {
            LastFieldClosed = false;
            var breaksBefore = LineBreaks;
            if (position < data.Length && data[position] == '"')
            {
                position = Quoted(data, position + 1, isLast);
                if (position < 0)
                {
                    return false;
                }

                MultilineFields += LineBreaks > breaksBefore ? 1 : 0;
            }

            var end = Unquoted(data, position);
            IsRunaway |= LineBreaks > FarLines || (LineBreaks > breaksBefore && end > position);
            if (end == data.Length && !isLast)
            {
                return false;
            }

            _ends.Add(_length);
            position = end;
            if (position == data.Length || data[position] != ',')
            {
                return EndRow(data, position, isLast);
            }

            position++;
        }
    }

    /// <summary>Takes a quoted field from after its opening quote. Returns the position after the closing one, or -1 if it is not in the data.</summary>
    private int Quoted(ReadOnlySpan<byte> data, int position, bool isLast)
    {
        while (true)
        {
            var next = data[position..].IndexOfAny(InQuotes);
            if (next < 0)
            {
                QuoteIsOpen = true;
                return -1;
            }

            Append(data.Slice(position, next));
            position += next;
            if (data[position] != '"')
            {
                // CR LF counts once: at the LF.
                LineBreaks += data[position] == '\r' && position + 1 < data.Length && data[position + 1] == '\n' ? 0 : 1;
                Append(data.Slice(position, 1));
                position++;
                continue;
            }

            position++;
            if (position == data.Length)
            {
                LastFieldClosed = true;
                return isLast ? position : -1;
            }

            if (data[position] != '"')
            {
                LastFieldClosed = true;
                return position;
            }

            Append("\""u8);
            position++;
        }
    }

    /// <summary>Takes what stands unquoted up to the field's end, which it returns.</summary>
    private int Unquoted(ReadOnlySpan<byte> data, int position)
    {
        var length = data[position..].IndexOfAny(FieldEnds);
        var text = length < 0 ? data[position..] : data.Slice(position, length);
        if (!text.IsEmpty)
        {
            var reason = LastFieldClosed ? Reasons.TextAfterQuote : text.Contains((byte)'"') ? Reasons.StrayQuote : null;
            QuoteFault ??= reason is null ? null : (reason, _ends.Count, LastFieldClosed ? text.Trim(RowText.Padding).IsEmpty : text.TrimStart(RowText.Padding) is [(byte)'"', ..]);
            Append(text);
        }

        return position + text.Length;
    }

    private bool EndRow(ReadOnlySpan<byte> data, int position, bool isLast)
    {
        RowLength = position;
        HasLineEnd = position < data.Length;
        if (!HasLineEnd)
        {
            Consumed = position;
            return true;
        }

        if (data[position] == '\r')
        {
            if (position + 1 == data.Length && !isLast)
            {
                return false;
            }

            position += position + 1 < data.Length && data[position + 1] == '\n' ? 1 : 0;
        }

        LineBreaks++;
        Consumed = position + 1;
        return true;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        }

        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
