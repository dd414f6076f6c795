using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Tests.Loading;

/// <summary>A client that lost the answer to its commit must not decide before the server has.</summary>
public sealed class CommitInquiryTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task IsOver_WhileTheServerIsAtIt_Waits(bool commits)
    {
        await using var connection = new NpgsqlConnection(host.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select pg_current_xact_id()::text::bigint", connection, transaction);
        var id = (long?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) ?? 0;

        var asked = host.Services.GetRequiredService<CommitInquiry>().IsOverAsync(id);
        (await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken))).ShouldNotBe(asked);

        await (commits ? transaction.CommitAsync(TestContext.Current.CancellationToken) : transaction.RollbackAsync(TestContext.Current.CancellationToken));
        (await asked).ShouldBeTrue();
    }

    [Fact]
    public async Task IsOver_OfATransactionThatTheServerForgot_IsSo() =>
        (await host.Services.GetRequiredService<CommitInquiry>().IsOverAsync(1_000_000_000)).ShouldBeTrue();
}
