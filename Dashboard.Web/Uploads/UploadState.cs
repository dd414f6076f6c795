namespace Dunnhumby.Dashboard.Web.Uploads;

/// <summary>How far an upload has come.</summary>
public enum UploadState
{
    Chosen,
    Waiting,
    Sending,

    /// <summary>Stopped by the reader, to go on later.</summary>
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
