using Dunnhumby.Transform.Worker.Work;

namespace Dunnhumby.Transform.Worker.Tests.Work;

public sealed class RemovalTurnTests
{
    private readonly RemovalTurn _turn = new();

    [Fact]
    public void Removal_NothingPublished_IsNotOwed()
    {
        _turn.IsOwed.ShouldBeFalse();
        _turn.HasCome(ran: false).ShouldBeFalse();
        _turn.HasCome(ran: true).ShouldBeFalse();
    }

    [Fact]
    public void Removal_NoRunWaits_ComesAfterTheFirstVersionAndOnce()
    {
        _turn.Published();
        _turn.IsOwed.ShouldBeTrue();
        _turn.HasCome(ran: false).ShouldBeTrue();

        _turn.Removed();

        _turn.HasCome(ran: false).ShouldBeFalse();
    }

    [Fact]
    public void Removal_WhileRunFollowsRun_WaitsForTenVersionsAndNoMore()
    {
        for (var version = 1; version <= 10; version++)
        {
            _turn.Published();
            _turn.HasCome(ran: true).ShouldBeFalse($"version {version}");
        }

        _turn.Published();

        _turn.HasCome(ran: true).ShouldBeTrue();
    }
}
