namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>What a row is to the rows before it in the same file.</summary>
internal enum Verdict
{
    /// <summary>Its unit is new: the row is loaded.</summary>
    New,

    /// <summary>It says the same as the earlier row of its unit.</summary>
    Repeat,

    /// <summary>It says something else than the earlier row of its unit.</summary>
    Conflict,

    /// <summary>Its unit is known but not what it said: that is looked up in the written file at the end.</summary>
    Undecided,

    /// <summary>Its unit is new, and one more than can be remembered within bounded memory.</summary>
    NoRoom,
}
