using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Lake;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messaging;
using Dunnhumby.ServiceDefaults.Reference;
using Microsoft.OpenApi;

namespace Dunnhumby.Ingestion.Service.Doors.Reference;

/// <summary>What the reference says besides the code. The examples are of one upload of transactions with a bad row, and what follows from it.</summary>
internal static class IngestionReference
{
    private static readonly DateTimeOffset Received = new(2026, 3, 1, 9, 29, 28, TimeSpan.Zero);

    private static readonly DateTimeOffset Committed = Received.AddSeconds(2);

    private static readonly Load Uploaded = new(
        17, DatasetNames.Transactions, LoadStates.Completed, new string('a', 64), 5_242_880, 75_000, 74_999, 1, 0, 0, 236_480.15m, Received, Committed, "4bf92f3577b34da6a3ce929d0e0e4736")
    {
        Sales = new SalesReconciliation(236_482.65m, 236_480.15m, 2.50m, 0m, 0m, 0),
        Replaced = 0,
    };

    private static readonly Load Mended = Uploaded with
    {
        Id = 18,
        Bytes = 64,
        Read = 1,
        Loaded = 1,
        Quarantined = 0,
        SalesValue = 2.50m,
        Sales = new SalesReconciliation(2.50m, 2.50m, 0m, 0m, 0m, 0),
        ReplaysLoadId = 17,
    };

    private static readonly QuarantinedRow Row = new(
        812, 56_204, "QUANTITY", "not_a_number", "'1 pc' is not a whole number.", "1,27000000123,200,11,1 pc,2.50,300,0,930,29,0,0");

    private static readonly LakeTableState Table = new(DatasetNames.Transactions, 1, 74_999, 1, 0, 1, 1_048_576);

    private static readonly CareRound Round = new(Committed, 0.4, 0, 0, 0, 0, 0);

    private static readonly Batch Archive = new(
        4, BatchStates.Completed, Received, Committed, [new BatchFile("data/transaction_data.csv", DatasetNames.Transactions, UploadOutcomes.Created, Uploaded, Problem: null)]);

    internal static ApiReference Reference { get; } = new()
    {
        Title = "Dunnhumby ingestion",
        Description =
            """
            Takes the eight CSV files of the panel, alone, in a zip archive or in pieces, and keeps what is good of them in the lake. Bad rows are set aside
            with their reason and can be mended. The same content is never loaded twice. Errors are problem+json with a stable `type`; a query parameter that
            an address does not have, and a member of a body that is not known, are errors too. Amounts are in dollars with two decimals: `format: decimal`
            says that they are exact and belong in a decimal type.
            """,
        Tags = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Loads"] = "Uploading files, and what became of them.",
            ["Resumable uploads"] = "The same in pieces, by the tus protocol 1.0.0.",
            ["Quarantine"] = "Rows that were set aside, and how to mend them.",
            ["Datasets"] = "What each file must look like.",
            ["Tickets"] = "Uploading from a browser without a key.",
            ["Lake"] = "Files of the lake, and messages that wait.",
        },
        OtherSchemes = new Dictionary<string, OpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [TicketExtensions.UploadPolicy] = new()
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A ticket of `POST /tickets`: it uploads, and sees what it uploaded.",
            },
        },
        Examples =
        [
            Uploaded,
            new RunningLoad(17, DatasetNames.Transactions, LoadStates.Running, "transaction_data.csv", BatchId: null, Received, 1_048_576, 5_242_880, 15_000, 1, 60_000, 4_194_304, Committed, Received.AddSeconds(1)),
            new UploadCheck(UploadOutcomes.Created, Uploaded, [new ReasonCount(Row.Reason, 1)], [Row]),
            Archive,
            Row,
            new QuarantineSummary(17, 1, 1, [new QuarantineGroup(Row.Reason, Row.Column, Row.Message, 1, 1, 0, 0, 0)]),
            new MendRequest([new RowEdit(RowEditKinds.Set, Reason: Row.Reason, Column: Row.Column, Field: Row.Column, To: "1")]),
            new MendCheck(1, 1, 0, 0, [new CheckedRow(Row.Line, Row.RawText, Row.RawText.Replace("1 pc", "1", StringComparison.Ordinal), Column: null, Reason: null, Message: null)]),
            new Replay(Mended, 1, 0, "ingest:3fa94c1e"),
            new MendedRow(17, Row.Line, Row.Reason, Row.Column, RowStates.Mended, Row.RawText, Row.RawText.Replace("1 pc", "1", StringComparison.Ordinal), Committed, "ingest:3fa94c1e", WithdrawnAt: null),
            new Dataset(
                DatasetNames.Campaigns, "campaign_desc.csv", "CAMPAIGN",
                [new DatasetColumn("DESCRIPTION", "text", Nullable: false, "one of TypeA, TypeB, TypeC"), new DatasetColumn("CAMPAIGN", "int", Nullable: false, "0 or more")], 1, 30, Committed),
            new UploadTicket("AAABmVg3…", Committed.AddMinutes(10)),
            new ResumableUpload("0b5e3c1a", UploadStates.Completed, "transaction_data.csv", DatasetNames.Transactions, 5_242_880, 5_242_880, Received, Received.AddDays(1), [new UploadedLoad(IsNew: true, Uploaded)], Problem: null),
            new LakeState([Table], 0, 0, [], Round, LastCompaction: null, 0),
            new OutboxState(0, OldestAt: null, 0, LastError: null, Committed),
        ],
    };
}
