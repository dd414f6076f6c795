namespace Dunnhumby.Contracts.Datasets;

/// <summary>One of the eight data sets and what the lake holds of it.</summary>
/// <param name="Name">For example <c>transaction_data</c>.</param>
/// <param name="FileName">The original file's name, for example <c>transaction_data.csv</c>.</param>
/// <param name="ReplacementUnit">What the newest load replaces as a whole: for example <c>basket_id</c>.</param>
/// <param name="Columns">In the order of the original file; uploads may bring them in any order.</param>
/// <param name="CompletedLoads">How many loads of it have completed.</param>
/// <param name="LoadedRows">The rows of all completed loads, before replacement.</param>
/// <param name="LastCompletedAt">Null when nothing was loaded yet.</param>
public sealed record Dataset(
    string Name,
    string FileName,
    string ReplacementUnit,
    IReadOnlyList<DatasetColumn> Columns,
    int CompletedLoads,
    long LoadedRows,
    DateTimeOffset? LastCompletedAt);
