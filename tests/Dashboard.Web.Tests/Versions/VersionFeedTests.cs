using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Versions;

namespace Dunnhumby.Dashboard.Web.Tests.Versions;

public sealed class VersionFeedTests
{
    private readonly VersionFeed _feed = new(new AnswerCache(TimeProvider.System));
    private int _told;

    [Fact]
    public async Task Set_SameVersionAgain_IsToldOnce()
    {
        _feed.Subscribe(CountAsync);

        await _feed.SetAsync(7);
        await _feed.SetAsync(7);

        _feed.Latest.ShouldBe(7);
        _told.ShouldBe(1);
    }

    [Fact]
    public async Task Set_RollbackToAnOlderVersion_IsFollowed()
    {
        await _feed.SetAsync(7);

        await _feed.SetAsync(6);

        _feed.Latest.ShouldBe(6);
    }

    [Fact]
    public async Task Set_DisposedSubscription_IsNotTold()
    {
        _feed.Latest.ShouldBeNull();
        _feed.Subscribe(CountAsync).Dispose();

        await _feed.SetAsync(0);

        _feed.Latest.ShouldBe(0);
        _told.ShouldBe(0);
    }

    private Task CountAsync()
    {
        _told++;
        return Task.CompletedTask;
    }
}
