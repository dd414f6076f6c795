using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Loads.Uploads;

/// <summary>A file chosen for upload. The file itself stays in the browser; this is what the page knows of it.</summary>
public sealed class UploadItem(int id, string name, long size)
{
    /// <summary>The browser's number for the file.</summary>
    public int Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>Bytes.</summary>
    public long Size { get; } = size;

    /// <summary>Whether it is a zip archive: its files' names say what they are.</summary>
    public bool IsArchive { get; } = DatasetFiles.IsArchive(name);

    /// <summary>Null until it is guessed or chosen.</summary>
    public string? Dataset { get; set; } = DatasetFiles.DatasetOf(name);

    public UploadState State { get; set; }

    /// <summary>Whether it goes in pieces, and can be paused.</summary>
    public bool IsResumable { get; init; }

    /// <summary>Bytes sent.</summary>
    public long Sent { get; set; }

    public Load? Load { get; set; }

    /// <summary>What became of an archive's files.</summary>
    public Batch? Batch { get; set; }

    public Trouble? Trouble { get; set; }

    public double Percent => Size == 0 ? 0 : Math.Min(100, 100.0 * Sent / Size);

    /// <summary>Whether its data set has yet to be chosen.</summary>
    public bool NeedsDataset => Dataset is null && !IsArchive;

    public bool IsUnderWay => State is UploadState.Waiting or UploadState.Sending or UploadState.Paused or UploadState.Reconnecting or UploadState.Processing;
}

/// <summary>How far an upload has come.</summary>
public enum UploadState
{
    Chosen,
    Waiting,
    Sending,

    /// <summary>Stopped by the reader, to continue later.</summary>
    Paused,

    /// <summary>The connection broke; the browser tries again.</summary>
    Reconnecting,

    /// <summary>Every byte is sent; the service is checking and storing the rows.</summary>
    Processing,
    Loaded,

    /// <summary>The same content had been loaded before: nothing changed.</summary>
    Known,
    Failed,
}

/// <summary>A file as the browser announces it.</summary>
public sealed record ChosenFile(int Id, string Name, long Size);

/// <summary>An upload that this browser began and did not finish: the same file, chosen again, continues where it stopped.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Dataset">Null for an archive.</param>
public sealed record UnfinishedUpload(string Name, string? Dataset);
