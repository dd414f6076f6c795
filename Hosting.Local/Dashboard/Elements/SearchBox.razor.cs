using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Elements;

/// <summary>A search field.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _typing;

    [Parameter]
    public string Label { get; set; } = "Search";

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _typing?.Cancel();
        _typing?.Dispose();
    }

    private async Task OnInput(ChangeEventArgs change)
    {
        Dispose();
        _typing = new CancellationTokenSource();
        var typing = _typing.Token;
        var text = change.Value as string;
        try
        {
            await Task.Delay(Pause, Time, typing);
        }
        catch (OperationCanceledException)
        {
            // More was typed, or the page was left.
            return;
        }

        await ValueChanged.InvokeAsync(string.IsNullOrWhiteSpace(text) ? null : text);
    }
}
