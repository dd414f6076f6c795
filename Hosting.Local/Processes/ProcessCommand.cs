namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>A program to run under supervision.</summary>
internal sealed record ProcessCommand
{
    /// <summary>Absolute path of the program, or a name on PATH.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    /// <summary>Variables on top of the inherited ones; a null value removes an inherited variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The account to run as, when this process is root; null keeps the current one.</summary>
    public string? RunAs { get; init; }

    /// <summary>The signal that asks this program for an orderly end.</summary>
    public int StopSignal { get; init; } = UnixSignal.Terminate;
}
