namespace Dunnhumby.SampleData.CommandLine;

/// <summary>A bar on standard error; nothing when that is not a terminal.</summary>
internal sealed class ProgressBar(string name, bool isShown) : IProgress<double>
{
    private const int Width = 30;
    private int _shown = -1;

    public void Report(double value)
    {
        var percent = (int)(value * 100);
        if (!isShown || percent == _shown)
        {
            return;
        }

        _shown = percent;
        var filled = percent * Width / 100;
        Console.Error.Write($"\r{name,-18} [{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %");
    }

    /// <summary>Replaces the bar with a line of text.</summary>
    internal void Done(string text)
    {
        if (isShown)
        {
            Console.Error.Write("\r" + new string(' ', Width + 30) + "\r");
        }

        Console.WriteLine($"{name,-18} {text}");
    }
}
