using Dunnhumby.Ingestion.Service.Reading.Duplicates;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>A row whose key came before in the file, to be compared with what the key said first.</summary>
internal sealed record RepeatedKey(long Line, long ByteOffset, RawRow Raw, DenseRow Row);
