namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>What is wrong with a field's text.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Message">What would be accepted, as the end of a sentence that begins with the column's name.</param>
internal readonly record struct FieldFault(string Reason, string Message);
