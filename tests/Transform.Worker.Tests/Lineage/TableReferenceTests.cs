using Dunnhumby.TestSupport.Samples;
using Dunnhumby.Transform.Worker.Lineage;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Tests.Lineage;

public sealed class TableReferenceTests
{
    [Fact]
    public async Task Markdown_OfTheModels_IsThePageInTheDocumentation()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "tables.md"), TestContext.Current.CancellationToken);

        page.ShouldBe(TableReference.Markdown(), $"Run: dotnet run --project Transform.Worker -- {TableReference.Command} > docs/tables.md");
    }

    /// <summary>Read off the two files by eye.</summary>
    [Fact]
    public void Markdown_OfAModel_SaysWhatItsFileSays()
    {
        var page = TableReference.Markdown(ModelCatalog.Of(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["A/big_lines.sql"] = "/* ---\ndescription: Large lines.\n--- */\nselect store_id, sales_value * 2 as doubled from transaction_data where day > 5",
            ["A/stores.sql"] =
                """
                /* ---
                description: Stores.
                grain: one row per store
                key: [store_id]
                published: true
                owner: sales
                columns:
                  store_id: {description: The store.}
                  total: {description: Twice its sales., unit: dollars, source: a book}
                  lines: {description: Large lines., unit: lines}
                  kind: {description: "One | the same for all."}
                tests:
                  - name: kinds
                    accepted: {kind: [x]}
                    severity: warn
                --- */
                select store_id, sum(doubled) as total, count(*) as lines, 'x' as kind from big_lines group by store_id

                """,
        }));

        page[page.IndexOf("## stores", StringComparison.Ordinal)..].ShouldBe(
            """
            ## stores

            Stores.

            - A row: one row per store. Key: `store_id`. Owner: sales.
            - Made from: `big_lines`.

            | column | type | unit | holds | made of |
            |---|---|---|---|---|
            | `store_id` | integer |  | The store. | `transaction_data.store_id` |
            | `total` | decimal(38,2) | dollars | Twice its sales. Source: a book. | `transaction_data.sales_value` |
            | `lines` | bigint | lines | Large lines. | rows of `transaction_data` |
            | `kind` | text |  | One \| the same for all. | constants of the query of stores |

            Demanded of it:

            - The key of stores is unique and without nulls.
            - kind of stores is one of x. Otherwise the version has a notice.

            """);
    }
}
