using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>The table of all notices, filled from the notice models and the data tests.</summary>
internal static class NoticeTable
{
    internal const string Name = "notices";

    /// <summary>Notices that come from data tests are listed behind those of the models.</summary>
    private const int FirstOfDataTests = 1_000;

    internal const string Create = $"create table {Name} (ordinal integer, code varchar, part varchar, count bigint, message varchar)";

    /// <summary>The statements that put a model's notices in the place of its former ones.</summary>
    internal static string Replace(Model model) =>
        $"{Delete(model.Name)}; insert into {Name} by name select *, {SqlText.Literal(model.Name)} as part from {model.Name}";

    /// <summary>The same of a data test.</summary>
    /// <param name="index">Its place among the data tests.</param>
    /// <param name="test">It counts the rows that it finds.</param>
    internal static string Replace(int index, DataTest test)
    {
        var name = SqlText.Literal(test.Name);
        return $"{Delete(test.Name)}; insert into {Name} select {FirstOfDataTests + index}, {name}, {name}, count(*), {SqlText.Literal(test.Notice)} from ({test.Query})";
    }

    /// <summary>All of them.</summary>
    internal static async Task<IReadOnlyList<CountedNotice>> ReadAsync(Warehouse warehouse, CancellationToken cancellationToken)
    {
        await using var command = warehouse.Connection.CreateCommand();
        command.CommandText = $"select code, part, ordinal, count, message from {Name}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<CountedNotice> notices = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            notices.Add(new CountedNotice(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3), reader.GetString(4)));
        }

        return notices;
    }

    private static string Delete(string part) => $"delete from {Name} where part = {SqlText.Literal(part)}";
}

/// <summary>Something that readers of a version are told.</summary>
/// <param name="Part">The model or the data test that it comes from.</param>
internal sealed record CountedNotice(string Code, string Part, int Ordinal, long Count, string Message);
