namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>A record as RFC 4180 cuts it, with what is odd about it.</summary>
/// <param name="Line">1-based physical line it begins in.</param>
/// <param name="Start">Offset of its first byte in the text.</param>
/// <param name="Raw">Its bytes without the line end, a character each.</param>
/// <param name="Fields">The fields, unquoted.</param>
/// <param name="HasMisplacedQuote">A quote inside unquoted text, or text behind a closing quote.</param>
/// <param name="IsRunaway">Text stands behind a quoted field that spans lines, or quotes span very many: the quote was never meant to reach so far.</param>
/// <param name="IsFinished">It ends with a line end, or its last field with a closing quote.</param>
internal sealed record ReferenceRecord(long Line, int Start, string Raw, IReadOnlyList<string> Fields, bool HasMisplacedQuote, bool IsRunaway, bool IsFinished);
