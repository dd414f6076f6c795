namespace Dunnhumby.Architecture.Tests;

/// <summary>The library of the bus is known in few places, so that another one could take its place: how the bus is set up, the outbox, and who consumes.</summary>
public sealed class MessagingSeamTests
{
    private static readonly string[] Libraries = ["MassTransit", "RabbitMQ.Client"];

    private static readonly string[] Seam = ["Dunnhumby.ServiceDefaults.Messaging", "Dunnhumby.Catalog.Outbox"];

    [Fact]
    public void MessagingLibraries_OutsideTheSeam_AreNamedByConsumersOnly() => Projects.All
        .SelectMany(project => CompiledCode.ReferencesIn(Projects.Assembly(project)))
        .Where(reference => Libraries.Any(library => IsIn(reference.Used, library)) && !Seam.Any(room => IsIn(reference.User, room)))
        .Select(reference => $"{reference.User.Namespace}.{reference.User.Name}")
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .ShouldBe(
        [
            "Dunnhumby.Dashboard.Web.Versions.InsightsPublishedConsumer",
            "Dunnhumby.Insights.Api.Versions.InsightsPublishedConsumer",
            "Dunnhumby.Transform.Worker.Runs.LoadCompletedConsumer",
            "Dunnhumby.Transform.Worker.Runs.LoadWithdrawnConsumer",
            "Dunnhumby.Transform.Worker.Runs.RunRequestQueue",
            "Dunnhumby.Transform.Worker.Runs.RunRequestQueue`1",
        ]);

    private static bool IsIn(TypeName type, string room) =>
        string.Equals(type.Namespace, room, StringComparison.Ordinal) || type.Namespace.StartsWith(room + ".", StringComparison.Ordinal);
}
