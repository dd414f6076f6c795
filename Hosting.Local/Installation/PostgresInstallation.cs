using System.Globalization;

namespace Dunnhumby.Hosting.Local.Installation;

/// <summary>The Postgres programs of this machine.</summary>
internal sealed class PostgresInstallation
{
    private const int OldestMajor = 15;
    private const string Advice =
        "PostgreSQL 15 or later is needed. On Debian or Ubuntu: sudo apt-get install --no-install-recommends postgresql. On macOS: brew install postgresql@17.";

    private static readonly string[] Programs = ["initdb", "postgres", "pg_ctl"];

    private readonly string _directory;

    private PostgresInstallation(string directory)
    {
        _directory = directory;
    }

    /// <summary>Finds Postgres, or installs the distribution's package where that is possible.</summary>
    /// <exception cref="InvalidOperationException">There is none, and it cannot be installed; the message has the command to run.</exception>
    public static async Task<PostgresInstallation> RequireAsync(Action<string, bool>? output, CancellationToken cancellationToken)
    {
        if (Find() is { } found)
        {
            return found;
        }

        await DistributionPackage.InstallAsync("postgresql", Advice, output, () => Find() is not null, cancellationToken);
        return Find() ?? throw new InvalidOperationException(Advice);
    }

    /// <summary>The newest Postgres found; null when there is none.</summary>
    public static PostgresInstallation? Find()
    {
        // Debian's layout first: what is on PATH there may be a wrapper that picks a version and a cluster of its own.
        var versioned = ((string[])["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"])
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .Select(directory => (Path: System.IO.Path.Combine(directory, "bin"), Major: Major(directory)))
            .Where(candidate => candidate.Major >= OldestMajor)
            .OrderByDescending(candidate => candidate.Major)
            .Select(candidate => candidate.Path);
        var directory = versioned.Concat(ProgramPath.Directories()).FirstOrDefault(IsComplete);
        return directory is null ? null : new PostgresInstallation(directory);
    }

    /// <summary>Full path of one of the programs.</summary>
    public string Tool(string name) => Path.Combine(_directory, name);

    private static int Major(string directory)
    {
        var name = Path.GetFileName(directory);
        var digits = name.StartsWith("postgresql@", StringComparison.Ordinal) ? name["postgresql@".Length..] : name;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }

    private static bool IsComplete(string directory) => Programs.All(program => File.Exists(Path.Combine(directory, program)));
}
