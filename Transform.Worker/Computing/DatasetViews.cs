using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Inputs;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>How models see a data set: as a table or view of its name, the rows that count; and as <c>{name}_lines</c>, the rows of all loads.</summary>
internal static class DatasetViews
{
    /// <summary>The statements that make the views, for the connection that runs them.</summary>
    /// <param name="table">The data set.</param>
    /// <param name="inputs">All loads.</param>
    /// <param name="layout">Where the files are.</param>
    /// <param name="isStored">Whether a table has the rows that count already.</param>
    internal static string Create(LakeTable table, LakeInputs inputs, LakeLayout layout, bool isStored)
    {
        var loads = inputs.Of(table.Name);
        var all = $"create or replace temp view {table.Name}_lines as {LakeViews.AllRows(table, loads, layout)};";
        return isStored ? all : $"{all} create or replace temp view {table.Name} as {LakeViews.Rows(table, loads, layout)};";
    }
}
