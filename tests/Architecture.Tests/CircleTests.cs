using Dunnhumby.Architecture.Tests.Planted;

namespace Dunnhumby.Architecture.Tests;

/// <summary>No folders of a project know each other in a circle. Read from the compiled code, so that a call in the body of a method counts like a field.</summary>
public sealed class CircleTests
{
    public static TheoryData<string> All => [.. Projects.All];

    [Theory]
    [MemberData(nameof(All))]
    public void Folders_OfAProject_KnowEachOtherOneWay(string project) => Rooms.Of(Projects.Assembly(project)).Circle().ShouldBeNull();

    /// <summary>That rooms are found: these projects have several, which know each other.</summary>
    [Theory]
    [InlineData("Ingestion.Service")]
    [InlineData("Insights.Api")]
    [InlineData("ServiceDefaults")]
    [InlineData("Transform.Worker")]
    public void Folders_OfAProjectWithSeveral_AreSeenToKnowEachOther(string project) => Rooms.Of(Projects.Assembly(project)).Arrows.ShouldBeGreaterThan(1);

    /// <summary>Each circle is closed by what one kind of mention leaves in the compiled code.</summary>
    [Theory]
    [InlineData("ByField", "Circle → Home (Owner names Member) → Circle (Member names Owner)")]
    [InlineData("ByCall", "Circle → Home (Owner names Member) → Circle (Member names Owner)")]
    [InlineData("ByTypeArgument", "Circle → Home (Owner names Member) → Circle (Member names Owner)")]
    [InlineData("ByAttribute", "Circle → Home (Owner names Member) → Circle (Member names OwnerAttribute)")]
    [InlineData("ByLambda", "Circle → Home (Owner names Member) → Circle (Member names Owner)")]
    [InlineData("OverThree", "First → Second (One names Two) → Third (Two names Three) → First (Three names One)")]
    public void Circle_Planted_IsTold(string planted, string told) => Planted(planted).Circle().ShouldBe(told);

    [Fact]
    public void Circle_OneWayOnly_IsNone()
    {
        var rooms = Planted("OneWay");

        rooms.Arrows.ShouldBe(2);
        rooms.Circle().ShouldBeNull();
    }

    private static Rooms Planted(string planted) => Rooms.Of(typeof(Marker).Assembly.Location, $"{typeof(Marker).Namespace}.{planted}");
}
