using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.TestSupport;

/// <summary>Keeps what a service logs from a level on, exceptions included.</summary>
public sealed class LogLines(LogLevel from = LogLevel.Trace) : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _written = new();

    /// <summary>What was logged so far.</summary>
    public IEnumerable<string> Written => _written;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        _written.Enqueue(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
