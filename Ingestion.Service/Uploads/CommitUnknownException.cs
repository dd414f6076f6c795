namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>The connection broke while a commit was under way: it may have happened or not.</summary>
internal sealed class CommitUnknownException(Exception cause) : Exception("The connection to the database broke during a commit.", cause);
