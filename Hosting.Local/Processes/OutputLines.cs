namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>The lines of a program's output. A line without an end must not fill the memory: of a very long one the beginning is kept, the rest is passed over.</summary>
internal static class OutputLines
{
    /// <summary>UTF-16 characters kept of one line.</summary>
    public const int Longest = 65_536;

    /// <summary>Calls <paramref name="line"/> for each line until the output ends.</summary>
    public static async Task ReadAsync(TextReader reader, Action<string> line)
    {
        var buffer = new char[4096];
        var text = new System.Text.StringBuilder();
        var isOpen = false;
        var follows = '\0';
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            foreach (var character in buffer.AsSpan(0, read))
            {
                // The second half of CR LF ends nothing.
                var isSecondHalf = character == '\n' && follows == '\r';
                follows = character;
                if (isSecondHalf)
                {
                    continue;
                }

                if (character is '\n' or '\r')
                {
                    line(text.ToString());
                    text.Clear();
                    isOpen = false;
                    continue;
                }

                isOpen = true;
                if (text.Length < Longest)
                {
                    text.Append(character);
                }
            }
        }

        if (isOpen)
        {
            line(text.ToString());
        }
    }
}
