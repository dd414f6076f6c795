using System.Diagnostics.CodeAnalysis;
using Dunnhumby.TestSupport.Faults;

/// <summary>
/// Run by the .NET runtime in the service's own process before its Main (<c>DOTNET_STARTUP_HOOKS</c>), so that faults strike from inside while the service itself
/// knows nothing of them. Name and place are what the runtime looks for.
/// </summary>
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "The runtime looks for this type without a namespace.")]
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this type without a namespace.")]
internal static class StartupHook
{
    public static void Initialize() => FaultPoint.Arm();
}
