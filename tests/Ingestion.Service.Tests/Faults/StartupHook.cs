using Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>
/// Run by the .NET runtime in the service's own process before its Main (<c>DOTNET_STARTUP_HOOKS</c>), so that faults strike from inside while the service itself
/// knows nothing of them. Name and place are what the runtime looks for.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => FaultPoint.Arm();
}
