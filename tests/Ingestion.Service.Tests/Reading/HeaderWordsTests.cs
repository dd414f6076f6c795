using System.Net;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>What is said of headers that programs write wrong.</summary>
public sealed class HeaderWordsTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static readonly string SixtyLines = string.Concat(Enumerable.Range(1, 60).Select(line => $"Report, line {line} \"x\n"));

    public static TheoryData<string, string, string> Headers => new()
    {
        // pandas.to_csv and R's write.csv with row numbers.
        { ",DESCRIPTION,CAMPAIGN,START_DAY,END_DAY\n0,TypeA,1,2,3\n", "extra-column", "The first column, which has no name, does not belong to campaign_desc: these are probably row numbers. Write the file without them: index=False in pandas" },
        { "\"\",\"DESCRIPTION\",\"CAMPAIGN\",\"START_DAY\",\"END_DAY\"\n", "extra-column", "row.names=FALSE in R" },
        { "Unnamed: 0,DESCRIPTION,CAMPAIGN,START_DAY,END_DAY\n", "extra-column", "index=False" },
        { "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY,\nTypeA,1,2,3,\n", "extra-column", "The header ends with 1 comma too many: remove it" },
        { "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY,,, \n", "extra-column", "The header ends with 3 commas too many: remove them" },
        { "DESCRIPTION,CAMPAIGN,,START_DAY,END_DAY\n", "extra-column", "The column at place 3, which has no name, does not belong to campaign_desc" },
        { "DESCRIPTION,,START_DAY,END_DAY\n", "unknown-column", "The column at place 2, which has no name, is unknown, CAMPAIGN is missing" },
        { ",,,\n", "no-header", "has commas and no name" },

        // Byte-order marks and other characters that nobody sees.
        { "\uFEFF\uFEFFDESCRIPTION,CAMPAIGN,START_DAY,END_DAY\n", "unknown-column", "The name DESCRIPTION holds U+FEFF, which cannot be seen: remove it. It is a second byte-order mark" },
        { "DESCRIPTION,CAMPAIGN\u200B,START_DAY,END_DAY\n", "unknown-column", "The name CAMPAIGN holds U+200B, which cannot be seen: remove it." },
        { "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY,NO\u202ETE\n", "extra-column", "NO[U+202E]TE does not belong" },
        { "DESCRIPTION, \"CAMPAIGN\", \"START_DAY\", \"END_DAY\"\n", "unknown-column", "There is a blank between a comma and a quote of the header: remove it" },

        // Excel's hint, other separators, text above.
        { "sep=;\nDESCRIPTION;CAMPAIGN;START_DAY;END_DAY\n", "wrong-delimiter", "The first line says that the columns are separated by ';': save the file with commas, and without this line" },
        { "\"sep=;\"\nDESCRIPTION;CAMPAIGN;START_DAY;END_DAY\n", "wrong-delimiter", "';'" },
        { "SEP=\t\nDESCRIPTION\tCAMPAIGN\tSTART_DAY\tEND_DAY\n", "wrong-delimiter", "tabs" },
        { "sep=,\nDESCRIPTION,CAMPAIGN,START_DAY,END_DAY\n", "preamble", "a hint for Excel (sep=): remove it" },
        { SixtyLines + "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY\nTypeA,1,2,3\n", "preamble", "The header comes only in line 61" },
        { SixtyLines + "DESCRIPTION;CAMPAIGN;START_DAY;END_DAY\n", "wrong-delimiter", "The header comes only in line 61, and is separated by ';'" },
        { "Report\r\n\r\nDESCRIPTION,CAMPAIGN,START_DAY,END_DAY\r\n", "preamble", "only in line 3" },
        { "\nReport\nDESCRIPTION,CAMPAIGN,START_DAY,END_DAY\n", "preamble", "only in line 3" },
        { "\"DESCRIPTION\";\"CAMPAIGN\";\"START_DAY\";\"END_DAY\"\n", "wrong-delimiter", "';'" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Upload_HeaderThatAProgramWroteWrong_SaysWhatToDo(string csv, string code, string words)
    {
        using var response = await host.UploadAsync("campaign_desc", csv);

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(words, Case.Sensitive);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldAllBe(character => character != '\uFEFF' && character != '\u200B' && character != '\u202E');
    }

    public static TheoryData<string, string> PaddedQuotes => new()
    {
        { "{0},1, \"G\",National,B,B,1 LB", "There is a blank between the comma and the opening quote. Remove the blank." },
        { "{0},1,\t\"G\",National,B,B,1 LB", "There is a blank between the comma and the opening quote. Remove the blank." },
        { "{0},1,\"G\" ,National,B,B,1 LB", "There is a blank between the closing quote and the comma or line end. Remove the blank." },
        { "{0},1,G,National,B,B,\"1 LB\" ", "There is a blank between the closing quote and the comma or line end. Remove the blank." },
        { "{0},1, 5\" PIPE,National,B,B,1 LB", "There is a quote inside unquoted text. Quote the field and double the quote." },
        { "{0},1,\"G\" x,National,B,B,1 LB", "There is text after a closing quote. Double a quote that is part of the text." },
    };

    [Theory]
    [MemberData(nameof(PaddedQuotes))]
    public async Task Upload_BlankBesideAQuote_SaysToRemoveIt(string row, string message)
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, string.Format(null, row, Csv.Unique())));

        (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem().Message.ShouldBe(message);
    }

    /// <summary>Blanks and tabs around numbers, amounts, times and codes are no part of them; text keeps its own.</summary>
    [Fact]
    public async Task Upload_PaddedFields_AreOneRuleForAllButText()
    {
        var (key, basket) = (Csv.Unique(), 27_000_000_000 + Csv.Unique());
        var product = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, $" {key}\t,\t1 , G ,\t National ,B,\" B \",1 LB"));
        product.Loaded.ShouldBe(1);
        (await Parquet.RowsAsync(host, product, "product_id,manufacturer,department,brand,sub_commodity_desc")).ShouldBe([$"{key}|1| G |National| B "]);

        var line = await host.LoadAsync("transaction_data", Csv.File(Csv.TransactionHeader, $"1, {basket},\t200, 11,1 ,\t2.5\t,300, -0.5 ,\t930 ,29, 0,0"));
        line.Loaded.ShouldBe(1);
        (await Parquet.RowsAsync(host, line, "basket_id,day,sales_value,retail_disc,trans_time")).ShouldBe([$"{basket}|200|2.50|-0.50|930"]);

        var campaign = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, $" TypeA,{Csv.Unique()},1,2", $"\"TypeB \",{Csv.Unique()},1,2", $"Type A,{Csv.Unique()},1,2", $"\u00A0TypeA,{Csv.Unique()},1,2"));
        (campaign.Loaded, campaign.Quarantined).ShouldBe((2, 2));
    }
}
