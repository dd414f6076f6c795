using Dunnhumby.EndToEnd.Tests.Stacks;

[assembly: AssemblyFixture(typeof(OwnUserSecrets))]

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>Keeps the AppHosts that this process starts away from the user secrets of whoever runs the tests.</summary>
public sealed class OwnUserSecrets : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dunnhumby-user-secrets-");

    /// <summary>The first place where .NET looks for user secrets, on every system; for this process and those that it starts.</summary>
    public OwnUserSecrets() => Environment.SetEnvironmentVariable("APPDATA", _folder.FullName);

    internal string File => Path.Combine(_folder.FullName, "Microsoft", "UserSecrets", "dunnhumby-apphost", "secrets.json");

    public void Dispose() => _folder.Delete(recursive: true);
}
