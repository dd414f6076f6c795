using System.Text.RegularExpressions;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Tests.Models;

public sealed class ModelCatalogTests
{
    [Fact]
    public void Embedded_EveryModel_ComesAfterItsInputs()
    {
        HashSet<string> made = [.. LakeTables.All.Select(table => table.Name)];
        foreach (var model in ModelCatalog.Embedded().Models)
        {
            model.Inputs.Except(made, StringComparer.Ordinal).ShouldBeEmpty($"{model.Name} reads what is not there yet.");
            made.Add(model.Name);
        }
    }

    [Fact]
    public void Embedded_EveryFile_IsAModelADataTestOrTheMacros()
    {
        var catalog = ModelCatalog.Embedded();
        var embedded = typeof(ModelCatalog).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".sql", StringComparison.Ordinal));

        // What a model declares as a warning is a data test without a file of its own.
        var warnings = catalog.Models.SelectMany(model => model.Warnings(_ => [])).Count();
        (catalog.Models.Count + catalog.DataTests.Count - warnings + 1).ShouldBe(embedded);
    }

    /// <summary>The other way to find what a query reads: by the words <c>from</c> and <c>join</c>.</summary>
    [Fact]
    public void Embedded_EveryQuery_HasTheTablesThatItReadsAsInputs()
    {
        var catalog = ModelCatalog.Embedded();
        string[] tables = [.. LakeTables.All.Select(table => table.Name), .. catalog.Models.Select(model => model.Name)];
        foreach (var model in catalog.Models)
        {
            Read(model.Query).ShouldBe(model.Inputs.Order(StringComparer.Ordinal), model.Name);
        }

        foreach (var test in catalog.Tests)
        {
            catalog.Models.ShouldContain(model => string.Equals(model.Name, test.Stops, StringComparison.Ordinal));
            Read(test.Query).ShouldBe(test.Tested.Order(StringComparer.Ordinal), test.Name);
            test.Demands.ShouldEndWith(".");
        }

        foreach (var test in catalog.DataTests)
        {
            Read(test.Query).ShouldBe(test.Inputs.Order(StringComparer.Ordinal), test.Name);
            test.Notice.ShouldEndWith(".");
        }

        IEnumerable<string> Read(string query) => tables
            .Where(table => Regex.IsMatch(query, $@"\b(from|join) \(?{table}(_lines)?\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Embedded_EveryModel_SaysWhatItHoldsWhatARowIsAndWhoAnswersForIt()
    {
        foreach (var model in ModelCatalog.Embedded().Models)
        {
            model.Declaration.Description.ShouldEndWith(".", customMessage: model.Name);
            model.Declaration.Grain.ShouldStartWith("one row per ", customMessage: model.Name);
            model.Declaration.Owner.ShouldNotBeEmpty(model.Name);
        }
    }

    [Fact]
    public void Embedded_EveryPublishedTable_HasATestOfItsKey()
    {
        var catalog = ModelCatalog.Embedded();
        catalog.Published.Count.ShouldBe(27);
        foreach (var table in catalog.Published)
        {
            catalog.Tests.ShouldContain(test => string.Equals(test.Name, $"{table.Name}_key", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Of_AModel_DerivesItsPlaceAndTestsFromTheFileAlone()
    {
        var catalog = ModelCatalog.Of(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["A/last.sql"] = File("key: [day, store]\npublished: true\ncolumns:\n  day: {description: The day.}\n  store: {description: The store.}\ntests:\n  - name: some\n    demands: There is one.\n    reconciles: count(*)\n    with: select count(*) from first", "select * from first"),
            ["B/first.sql"] = File("tests:\n  - name: positive\n    demands: None is negative.\n    check: day > 0", "with days as (select day from transaction_data_lines) select day, 1 as store from days"),
        });

        catalog.Models.Select(model => $"{model.Name}: {string.Join(' ', model.Inputs)}").ShouldBe(["first: transaction_data", "last: first"]);
        catalog.Published.Select(model => model.Name).ShouldBe(["last"]);
        catalog.Tests.Select(test => $"{test.Name} stops {test.Stops}, reads {string.Join(' ', test.Tested)}")
            .ShouldBe(["first_positive stops first, reads first", "last_key stops last, reads last", "last_some stops last, reads last first"]);
        catalog.MadeFrom(["last"]).Order(StringComparer.Ordinal).ShouldBe(["first", "last", "transaction_data"]);
    }

    [Theory]
    [InlineData("grain: a row", "select 1 from elsewhere", "A/one.sql reads 'elsewhere', which is neither a model nor a data set.")]
    [InlineData("grain: a row", "selekt 1", "A/one.sql is not one query: ")]
    [InlineData("grain: a row", "drop table product", "A/one.sql is not one query: ")]
    [InlineData("grain: a row", "with product as (select 1 as x) from product", "A/one.sql names a common table expression 'product'")]
    [InlineData("grane: a row", "select 1 as x", "The declaration of A/one.sql is not understood, line 2: ")]
    [InlineData("grain: a row\nkey: day", "select 1 as day", "The declaration of A/one.sql is not understood, line 3: ")]
    [InlineData("tests:\n  - name: bare\n    demands: Nothing.", "select 1 as x", "The test bare of the model one needs a check, or reconciles and with, or sql, or notNull, or accepted, or relationship")]
    [InlineData("tests:\n  - name: two\n    check: x > 0\n    sql: select 1", "select 1 as x", "The test two of the model one needs a check, or ")]
    [InlineData("tests:\n  - name: loud\n    check: x > 0\n    severity: fatal", "select 1 as x", "The test loud of the model one has the severity 'fatal': it takes error or warn.")]
    [InlineData("tests:\n  - name: rows\n    rows: {atLeast: 0.5}", "select 1 as x", "one is not published, so there are no rows to compare it with.")]
    [InlineData("tests:\n  - name: known\n    relationship: {columns: [x], to: nowhere}", "select 1 as x", "A test of one reads 'nowhere', which is neither a model nor a data set.")]
    [InlineData("tests:\n  - name: there\n    notNull: [y]", "select 1 as x", "A/one.sql declares the column 'y' in the test there, and its query makes none of this name. It makes: x.")]
    [InlineData("key: [y]", "select 1 as x", "A/one.sql declares the column 'y' in key, and its query makes none of this name. It makes: x.")]
    [InlineData("columns:\n  y: {description: One.}", "select 1 as x", "A/one.sql declares the column 'y' in columns, and its query makes none of this name. It makes: x.")]
    [InlineData("columns:\n  x: {unit: days}", "select 1 as x", "A/one.sql does not say what its column 'x' holds: give it a description.")]
    [InlineData("columns:\n  x: {description: One., unit: ratio, additive: true}", "select 1 as x", "A/one.sql says that its column 'x' adds up, which only dollars, units, lines, redemptions do")]
    [InlineData("columns:\n  x: {description: One., additive: true}", "select 1 as x", "A/one.sql says that its column 'x' adds up, ")]
    [InlineData("published: true\nkey: [x]\ncolumns:\n  x: {description: One.}", "select 1 as x, 2 as z", "A/one.sql publishes the column 'z' and does not declare it: ")]
    [InlineData("columns:\n  x: {describtion: One.}", "select 1 as x", "The declaration of A/one.sql is not understood, line 3: ")]
    [InlineData("grain: a row", "select nothing from product", "The query of A/one.sql cannot be computed: Binder Error")]
    [InlineData("grain: a row", "select * from one", "Models are made from each other in a circle: one → one.")]
    [InlineData("grain: a row", "select * from two", "Models are made from each other in a circle: one → two → one.")]
    public void Of_AWrongFile_IsRefusedWithItsNameAndTheMistake(string declaration, string query, string message)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["A/one.sql"] = File(declaration, query), ["A/two.sql"] = File("grain: a row", "select * from one") };

        Should.Throw<InvalidOperationException>(() => ModelCatalog.Of(files)).Message.ShouldStartWith(message);
    }

    [Fact]
    public void Of_TestsOfColumns_SayWhatTheyDemandAndWhichRowsFailThem()
    {
        var catalog = ModelCatalog.Of(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["A/one.sql"] = File(
                """
                tests:
                  - name: there
                    notNull: [x, y]
                  - name: words
                    accepted: {y: [a, b]}
                  - name: known
                    relationship: {columns: [product_id], to: product}
                    severity: warn
                """,
                "select 1 as x, 'a' as y, 7 as product_id"),
        });

        catalog.Tests.Select(test => $"{test.Name}: {test.Demands}").ShouldBe(["one_there: x, y of one always have a value.", "one_words: y of one is one of a, b."]);
        var warning = catalog.DataTests.ShouldHaveSingleItem();
        warning.Name.ShouldBe("one_known");
        warning.Notice.ShouldBe("Rows that do not meet a demand: Every product_id of one is in product.");
        warning.Inputs.ShouldBe(["one", "product"]);
        // Of four rows the second lacks y, the third has a value that is not accepted, the fourth lacks x; product 7 is known, 8 is not, none points at nothing.
        using var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Rows("create table one as from (values (1, 'a', 7), (2, null, 8), (3, 'c', null), (null, 'b', 7)) as v (x, y, product_id)");
        Rows("create table product as select 7 as product_id");
        Rows(catalog.Tests[0].Query).ShouldBe([2, null]);
        Rows(catalog.Tests[1].Query).ShouldBe([3]);
        Rows(warning.Query).ShouldBe([2]);

        List<int?> Rows(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            List<int?> rows = [];
            while (reader.Read())
            {
                rows.Add(reader.IsDBNull(0) ? null : reader.GetInt32(0));
            }

            return rows;
        }
    }

    [Fact]
    public void Of_AFileWithoutDeclaration_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => ModelCatalog.Of(new Dictionary<string, string>(StringComparer.Ordinal) { ["A/one.sql"] = "select 1 as x" }))
            .Message.ShouldStartWith("A/one.sql has to begin with a declaration: ");

    [Fact]
    public void Of_TwoModelsOfOneName_AreRefused() =>
        Should.Throw<InvalidOperationException>(() => ModelCatalog.Of(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["A/one.sql"] = File("grain: a row", "select 1 as x"),
            ["B/one.sql"] = File("grain: a row", "select 2 as x"),
        })).Message.ShouldStartWith("There are two models one; one is B/one.sql.");

    private static string File(string declaration, string query) => $"/* ---\n{declaration}\n--- */\n{query}\n";
}
