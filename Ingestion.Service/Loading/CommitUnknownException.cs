namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>The connection broke while a commit was under way: it may have happened or not, and may still be happening.</summary>
internal sealed class CommitUnknownException(long transactionId, Exception cause) : Exception("The connection to the database broke during a commit.", cause)
{
    /// <summary>The transaction's id, by which the server can be asked.</summary>
    internal long TransactionId { get; } = transactionId;
}
