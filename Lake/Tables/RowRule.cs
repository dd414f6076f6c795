namespace Dunnhumby.Lake.Tables;

/// <summary>What two whole numbers of one row must not say of each other, however right each is alone: one may not be greater than the other.</summary>
/// <param name="Reason">The code under which a row that breaks the rule is set aside.</param>
/// <param name="Least">The header of the column that must not be greater.</param>
/// <param name="Greatest">The header of the column that must not be less; a row that breaks the rule is at fault here.</param>
public sealed record RowRule(string Reason, string Least, string Greatest);
