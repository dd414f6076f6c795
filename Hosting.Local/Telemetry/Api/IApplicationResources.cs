namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>What the application itself knows of its resources, whether or not they send telemetry.</summary>
internal interface IApplicationResources
{
    /// <summary>In the order of the model.</summary>
    IReadOnlyList<ApiResourceState> List();
}
