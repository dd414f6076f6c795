namespace Dunnhumby.Contracts.Loads;

/// <summary>The states of a resumable upload, as served.</summary>
public static class UploadStates
{
    /// <summary>Bytes are missing.</summary>
    public const string Receiving = "receiving";

    /// <summary>A part of a file, with or without all of its bytes: it is never loaded by itself, but by the upload that puts the parts together.</summary>
    public const string Part = "part";

    /// <summary>Every byte is there; the rows are being checked and stored, or wait for their turn.</summary>
    public const string Processing = "processing";

    /// <summary>The content is loaded: now, or by an earlier upload of the same content.</summary>
    public const string Completed = "completed";

    /// <summary>Not loaded, and the problem says why. Of an archive a part may be: its loads are listed, the problem is of type <c>batch-partial</c>.</summary>
    public const string Refused = "refused";
}
