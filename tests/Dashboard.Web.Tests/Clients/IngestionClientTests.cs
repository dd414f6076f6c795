using System.Net;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Clients;

public sealed class IngestionClientTests : IDisposable
{
    private readonly StubService _service = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Query_PartsWithAndWithoutAValue_AreThoseOfTheAddress()
    {
        _service.Answer("/loads?dataset=coupon&after=12&limit=25", new Page<Load>([Sample.Load(11)], Next: null));

        var query = IngestionClient.Query(("dataset", "coupon"), ("state", null), ("after", "12"));
        var answer = await new IngestionClient(_service.Client).GetAsync<Page<Load>>($"loads{query}", Token);

        answer.Value.ShouldNotBeNull().Items.ShouldHaveSingleItem().ShouldBe(Sample.Load(11));
    }

    [Fact]
    public async Task CreateTicket_Refused_IsATrouble()
    {
        _service.Refuse("/tickets", HttpStatusCode.TooManyRequests, """{"title":"Too many requests","detail":"Wait 10 seconds."}""");

        var answer = await new IngestionClient(_service.Client).CreateTicketAsync(Token);

        answer.Trouble.ShouldBe(new Trouble(TroubleKind.Refused, "Too many requests", "Wait 10 seconds."));
    }
}
