namespace Dunnhumby.Hosting.Local.Installation;

/// <summary>Where programs are looked for.</summary>
internal static class ProgramPath
{
    // Debian keeps servers in sbin, which a user's PATH does not have.
    private static readonly string[] UsualPlaces = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/opt/homebrew/sbin", "/opt/homebrew/bin"];

    /// <summary>The directories of PATH, then the usual places.</summary>
    public static IEnumerable<string> Directories() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(UsualPlaces)
            .Distinct(StringComparer.Ordinal);

    /// <summary>Full path of a program; null when it is nowhere.</summary>
    public static string? Find(string program) => Directories().Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
}
