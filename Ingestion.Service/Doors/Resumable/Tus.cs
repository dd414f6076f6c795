namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>Names and values of the tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload).</summary>
internal static class Tus
{
    internal const string Version = "1.0.0";
    internal const string Extensions = "creation,creation-with-upload,termination,checksum,expiration,concatenation";
    internal const string ContentType = "application/offset+octet-stream";

    /// <summary>The status that the checksum extension adds.</summary>
    internal const int ChecksumMismatch = 460;

    /// <summary>Headers that a page of another origin may send.</summary>
    internal static readonly string[] RequestHeaders =
        [Headers.Resumable, Headers.Offset, Headers.Length, Headers.DeferLength, Headers.Metadata, Headers.Checksum, Headers.Concat, Headers.MethodOverride];

    /// <summary>Headers that a page of another origin may read.</summary>
    internal static readonly string[] ResponseHeaders =
        [Headers.Resumable, Headers.SupportedVersions, Headers.SupportedExtensions, Headers.MaxSize, Headers.ChecksumAlgorithm, Headers.Offset, Headers.Length, Headers.Metadata, Headers.Expires, Headers.Concat, "Link"];

    internal static class Headers
    {
        internal const string Resumable = "Tus-Resumable";
        internal const string SupportedVersions = "Tus-Version";
        internal const string SupportedExtensions = "Tus-Extension";
        internal const string MaxSize = "Tus-Max-Size";
        internal const string ChecksumAlgorithm = "Tus-Checksum-Algorithm";
        internal const string Offset = "Upload-Offset";
        internal const string Length = "Upload-Length";
        internal const string DeferLength = "Upload-Defer-Length";
        internal const string Metadata = "Upload-Metadata";
        internal const string Checksum = "Upload-Checksum";
        internal const string Concat = "Upload-Concat";
        internal const string Expires = "Upload-Expires";
        internal const string MethodOverride = "X-HTTP-Method-Override";
    }
}
