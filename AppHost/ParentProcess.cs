using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Dunnhumby.AppHost;

/// <summary>The process that started this one.</summary>
internal static class ParentProcess
{
    /// <summary>Aspire stops an AppHost whose process of this id has gone; its own command sets it, <c>dotnet run</c> does not.</summary>
    private const string Watched = "ASPIRE_CLI_PID";

    /// <summary>Lets the AppHost stop when the <c>dotnet run</c> that started it was killed: nothing tells it otherwise.</summary>
    public static void StopWithParent(this IConfiguration configuration)
    {
        if (configuration[Watched] is null && OperatingSystem.IsLinux() && ParentId() is { } parent && IsDotnet(parent))
        {
            configuration[Watched] = parent;
        }
    }

    private static string? ParentId()
    {
        // "id (name) state parent …": the name may hold blanks and brackets.
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 1 ? fields[1] : null;
    }

    private static bool IsDotnet(string id)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return Path.GetFileName(arguments[0]) is "dotnet" && arguments.Contains("run", StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
