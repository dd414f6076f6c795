using Dunnhumby.SignIn.Provider;
using Dunnhumby.SignIn.Tests.Services;

[assembly: AssemblyFixture(typeof(ProviderFixture))]

namespace Dunnhumby.SignIn.Tests.Services;

/// <summary>A provider whose tokens tests make by themselves.</summary>
public sealed class ProviderFixture : IAsyncLifetime
{
    public PeopleProvider Provider { get; private set; } = null!; // Set before any test.

    public async ValueTask InitializeAsync() => Provider = await PeopleProvider.StartAsync(new Uri("http://localhost:5100"));

    public ValueTask DisposeAsync() => Provider.DisposeAsync();
}
