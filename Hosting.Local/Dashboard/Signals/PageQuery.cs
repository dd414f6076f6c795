using System.Text;

namespace Dunnhumby.Hosting.Local.Dashboard.Signals;

/// <summary>The address of a page with its filters, for links that show the same again.</summary>
internal sealed class PageQuery(string path)
{
    private readonly StringBuilder _address = new(path);
    private char _separator = '?';

    /// <summary>Adds a part unless it has no value.</summary>
    public PageQuery Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _address.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _separator = '&';
        }

        return this;
    }

    /// <summary>Adds a part once for each value.</summary>
    public PageQuery Add(string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Add(name, value);
        }

        return this;
    }

    public override string ToString() => _address.ToString();
}
