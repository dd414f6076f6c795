namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>How far the loading of sample data is.</summary>
public enum SampleState
{
    /// <summary>Nobody asked for it since this process started.</summary>
    None,

    /// <summary>Files are being generated and uploaded.</summary>
    Running,

    /// <summary>All files are loaded; the figures follow in a moment.</summary>
    Loaded,

    /// <summary>A file was not taken; those before it are loaded.</summary>
    Failed,

    /// <summary>A reader stopped it; the files before are loaded.</summary>
    Stopped,
}
