using System.Diagnostics;
using Dunnhumby.ServiceDefaults.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Dunnhumby.ServiceDefaults.Tests;

public sealed class TracingTests
{
    [Theory]
    [InlineData("insert into catalog.loads (id) values ($1) on conflict do update set id = 1 returning id", "INSERT loads")]
    [InlineData("SELECT l.id\nFROM catalog.loads AS l\nLEFT JOIN catalog.lake_files AS f ON f.load_id = l.id", "SELECT loads")]
    [InlineData("update catalog.runs set state = 'running' where id = (select id from catalog.runs for update skip locked)", "UPDATE runs")]
    [InlineData("create or replace view insights.daily_sales as select * from insights_v000002.daily_sales", "CREATE daily_sales")]
    [InlineData("drop table if exists \"insights_build_2_1\".\"daily_sales\"", "DROP daily_sales")]
    [InlineData("SELECT s.\"Value\" FROM ( select nextval('catalog.load_ids') as \"Value\" ) AS s", "SELECT")]
    [InlineData("do $$ begin perform 1; end $$;", "DO")]
    [InlineData("SAVEPOINT \"__EFSavePoint\";", "SAVEPOINT")]
    public void Summary_OfAStatement_IsWhatItDoesAndToWhat(string statement, string summary) => QueryNames.Summary(statement).ShouldBe(summary);

    [Fact]
    public void QueryNames_CallOfTheDatabase_NamesTheDatabaseAsItsPeer()
    {
        // The driver's source has this name; several resources of the AppHost share the server's address, so the address alone names none of them.
        using var source = new ActivitySource("Npgsql");
        List<Activity> recorded = [];
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource("Npgsql")
            .AddProcessor(new QueryNames())
            .AddProcessor(new SimpleActivityExportProcessor(new ListExporter(recorded)))
            .Build();

        source.StartActivity("warehouse", ActivityKind.Client)?.SetTag("db.namespace", "warehouse").SetTag("db.query.text", "select 1").Dispose();

        recorded.ShouldHaveSingleItem().GetTagItem("peer.service").ShouldBe("warehouse");
    }

    [Fact]
    public void Sampler_CallThatNobodyAskedFor_IsNotRecordedNorAnythingBelowIt()
    {
        var name = $"source-{Guid.NewGuid():N}";
        using var source = new ActivitySource(name);
        List<Activity> recorded = [];
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource(name)
            .SetSampler(new ParentBasedSampler(new WorkSampler()))
            .AddProcessor(new SimpleActivityExportProcessor(new ListExporter(recorded)))
            .Build();

        using (var look = source.StartActivity("look", ActivityKind.Client))
        {
            // The other side goes by the flag in the headers.
            look.ShouldNotBeNull().Recorded.ShouldBeFalse();
            using var answer = source.StartActivity("answer", ActivityKind.Server, look.Context);
        }

        using (var request = source.StartActivity("request", ActivityKind.Server))
        using (source.StartActivity("call", ActivityKind.Client))
        {
            request.ShouldNotBeNull();
        }

        recorded.Select(activity => activity.DisplayName).ShouldBe(["call", "request"]);
    }

    private sealed class ListExporter(List<Activity> recorded) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var activity in batch)
            {
                recorded.Add(activity);
            }

            return ExportResult.Success;
        }
    }
}
