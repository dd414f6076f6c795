namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>A model that readers get as a table.</summary>
/// <param name="Name">The model's and the table's name.</param>
/// <param name="Key">The columns of the primary key; rows are stored in its order.</param>
/// <param name="Indexes">Further indexes: the column lists, as SQL.</param>
internal sealed record PublishedTable(string Name, IReadOnlyList<string> Key, IReadOnlyList<string> Indexes);
