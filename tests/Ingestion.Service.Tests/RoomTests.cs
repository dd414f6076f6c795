using System.Text.RegularExpressions;
using NetArchTest.Rules;

namespace Dunnhumby.Ingestion.Service.Tests;

/// <summary>The four rooms know each other in one direction only. Read from the compiled code, so that a call in the body of a method counts like a field.</summary>
public sealed class RoomTests
{
    private const string Service = "Dunnhumby.Ingestion.Service";
    private const string Doors = $"{Service}.Doors";
    private const string Loading = $"{Service}.Loading";
    private const string Reading = $"{Service}.Reading";
    private const string Care = $"{Service}.Care";

    /// <summary>HTTP, and what would bind reading to the catalog.</summary>
    private static readonly string[] Outside = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "Dunnhumby.Catalog", "Dunnhumby.ServiceDefaults"];

    [Fact]
    public void Doors_KnowNothingOfTheCareForTheLake() => ShouldNotKnow(Doors, Care);

    [Fact]
    public void Loading_KnowsNoDoor() => ShouldNotKnow(Loading, Doors, Care);

    [Fact]
    public void Reading_KnowsTheLakesTablesAndFilesOnly() => ShouldNotKnow(Reading, [Doors, Loading, Care, .. Outside]);

    [Fact]
    public void Care_KnowsTheLakeOnly() => ShouldNotKnow(Care, Doors, Loading, Reading);

    /// <summary>That the rules look where they should: these arrows are there.</summary>
    [Theory]
    [InlineData(Doors, Loading)]
    [InlineData(Doors, Reading)]
    [InlineData(Loading, Reading)]
    [InlineData(Loading, "Microsoft.EntityFrameworkCore")]
    [InlineData(Reading, "Dunnhumby.Lake.Files")]
    [InlineData(Care, "Dunnhumby.Lake.Files")]
    public void Room_ThatKnowsAnother_IsSeenToKnowIt(string room, string known) =>
        TypesIn(room).Should().NotHaveDependencyOnAny(known).GetResult().IsSuccessful.ShouldBeFalse();

    private static void ShouldNotKnow(string room, params string[] others) =>
        (TypesIn(room).Should().NotHaveDependencyOnAny(others).GetResult().FailingTypeNames ?? []).ShouldBeEmpty();

    private static PredicateList TypesIn(string room) => Types.InAssembly(typeof(Program).Assembly).That().ResideInNamespaceMatching($"^{Regex.Escape(room)}(\\.|$)");
}
