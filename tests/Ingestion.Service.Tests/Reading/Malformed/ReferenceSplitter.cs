using System.Text;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>
/// Cuts a whole text into records, one character at a time and with no concern for speed: the yardstick for the service's reader, with which it shares no
/// code. A character stands for a byte.
/// </summary>
internal sealed class ReferenceSplitter(string text)
{
    private const int Far = 10;

    private int _at;
    private long _line = 1;

    /// <summary>All records, blank ones too; null when the text ends inside quotes.</summary>
    internal List<ReferenceRecord>? Split()
    {
        List<ReferenceRecord> records = [];
        while (_at < text.Length)
        {
            if (Next() is not { } record)
            {
                return null;
            }

            records.Add(record);
        }

        return records;
    }

    private ReferenceRecord? Next()
    {
        var (start, line) = (_at, _line);
        List<string> fields = [];
        bool misplaced = false, runaway = false, closed;
        long spanned = 0;
        while (true)
        {
            var field = new StringBuilder();
            closed = false;
            var before = _line;
            if (_at < text.Length && text[_at] == '"')
            {
                if (!Quoted(field))
                {
                    return null;
                }

                closed = true;
            }

            var breaks = _line - before;
            spanned += breaks;
            var tail = new StringBuilder();
            while (_at < text.Length && text[_at] is not (',' or '\n' or '\r'))
            {
                tail.Append(text[_at++]);
            }

            var isMisplaced = tail.Length > 0 && (closed || tail.ToString().Contains('"', StringComparison.Ordinal));
            runaway |= isMisplaced && breaks > 0;
            misplaced |= isMisplaced;
            fields.Add(field.Append(tail).ToString());
            if (_at == text.Length || text[_at] != ',')
            {
                break;
            }

            _at++;
        }

        var raw = text[start.._at];
        var ended = _at < text.Length;
        if (ended)
        {
            LineBreak();
        }

        return new ReferenceRecord(line, start, raw, fields, misplaced, runaway || spanned > Far, ended || closed);
    }

    private bool Quoted(StringBuilder field)
    {
        _at++;
        while (_at < text.Length)
        {
            if (text[_at] == '"')
            {
                _at++;
                if (_at == text.Length || text[_at] != '"')
                {
                    return true;
                }

                field.Append('"');
                _at++;
            }
            else if (text[_at] is '\n' or '\r')
            {
                field.Append(LineBreak());
            }
            else
            {
                field.Append(text[_at++]);
            }
        }

        return false;
    }

    /// <summary>CR LF, CR or LF.</summary>
    private string LineBreak()
    {
        var length = text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
        var found = text.Substring(_at, length);
        _at += length;
        _line++;
        return found;
    }
}
