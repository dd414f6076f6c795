using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Loads.Uploads;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Loads.Uploads;

public sealed class UploadOutcomeTests
{
    private const string Address = "http://localhost:5101/loads/product";
    private readonly UploadItem _item = new(1, "product.csv", 10);

    [Theory]
    [InlineData(201, LoadStates.Completed, UploadState.Loaded)]
    [InlineData(200, LoadStates.Completed, UploadState.Known)]
    [InlineData(201, LoadStates.Failed, UploadState.Failed)]
    public void ApplyTo_Load_TellsNewFromKnownAndFailed(int status, string state, UploadState expected)
    {
        new UploadOutcome(status, JsonSerializer.Serialize(Sample.Load(9, state), JsonSerializerOptions.Web), Cancelled: false).ApplyTo(_item, Address);

        _item.State.ShouldBe(expected);
        _item.Load.ShouldNotBeNull().Id.ShouldBe(9);
        _item.Trouble.ShouldBeNull();
    }

    [Fact]
    public void ApplyTo_Problem_SaysWhatIsWrongWithTheFile()
    {
        new UploadOutcome(422, """{"title":"The header does not fit","detail":"Line 1, byte 0: column PRODUCT_ID is missing."}""", Cancelled: false).ApplyTo(_item, Address);

        _item.State.ShouldBe(UploadState.Failed);
        _item.Trouble.ShouldNotBeNull().Title.ShouldBe("The header does not fit");
        _item.Trouble.Detail.ShouldBe("Line 1, byte 0: column PRODUCT_ID is missing.");
    }

    [Fact]
    public void ApplyTo_NoAnswer_NamesTheAddressAndTheSetting()
    {
        new UploadOutcome(0, Body: "", Cancelled: false).ApplyTo(_item, Address);

        _item.Trouble.ShouldNotBeNull().Kind.ShouldBe(TroubleKind.Unreachable);
        _item.Trouble.Detail.ShouldContain(Address);
        _item.Trouble.Detail.ShouldContain("Uploads__IngestionUrl");
    }

    [Fact]
    public void ApplyTo_Cancelled_IsSaidSo()
    {
        new UploadOutcome(0, Body: "", Cancelled: true).ApplyTo(_item, Address);

        _item.Trouble.ShouldNotBeNull().Title.ShouldBe("Stopped");
    }
}
