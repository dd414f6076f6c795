using System.Text;

namespace Dunnhumby.Hosting.Local.Projects;

internal static class CommandLine
{
    /// <summary>Splits a launch profile's commandLineArgs at blanks outside double quotes.</summary>
    public static List<string> Split(string text)
    {
        List<string> arguments = [];
        var current = new StringBuilder();
        var quoted = false;
        var started = false;
        foreach (var character in text)
        {
            if (character == '"')
            {
                quoted = !quoted;
                started = true;
            }
            else if (char.IsWhiteSpace(character) && !quoted)
            {
                if (started)
                {
                    arguments.Add(current.ToString());
                    current.Clear();
                    started = false;
                }
            }
            else
            {
                current.Append(character);
                started = true;
            }
        }

        if (started)
        {
            arguments.Add(current.ToString());
        }

        return arguments;
    }
}
