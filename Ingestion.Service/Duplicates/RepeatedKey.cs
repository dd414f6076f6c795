namespace Dunnhumby.Ingestion.Service.Duplicates;

/// <summary>A row whose key came before in the file, to be compared with what the key said first.</summary>
/// <param name="Content">The values of the row's columns, packed.</param>
internal sealed record RepeatedKey(long Line, long ByteOffset, string RawText, (int Product, int Store, int Week) Key, int Content);
