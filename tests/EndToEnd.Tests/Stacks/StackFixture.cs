using Dunnhumby.EndToEnd.Tests.Browser;

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>One stack with a browser for tests that can live with what others loaded before them.</summary>
[CollectionDefinition(nameof(StackFixture))]
public sealed class StackFixture : IAsyncLifetime, ICollectionFixture<StackFixture>
{
    private readonly DataDirectory _data = new();
    private Stack? _stack;
    private Chromium? _chromium;
    private StackClient? _client;

    internal Stack Stack => _stack ?? throw NotStarted();

    internal Chromium Chromium => _chromium ?? throw NotStarted();

    internal StackClient Client => _client ?? throw NotStarted();

    public async ValueTask InitializeAsync()
    {
        try
        {
            _stack = await Stack.StartAsync(_data.Path);
            _client = new StackClient(_stack);
            _chromium = await Chromium.StartAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (_stack is not null)
        {
            await _stack.DisposeAsync();
        }

        _data.Dispose();
    }

    private static InvalidOperationException NotStarted() => new("The stack was not started.");
}
