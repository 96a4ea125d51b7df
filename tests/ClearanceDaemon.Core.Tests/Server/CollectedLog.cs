using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Keeps every log line, with its event id.</summary>
public sealed class CollectedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> _lines = new();

    public IReadOnlyCollection<(int Id, LogLevel Level, string Text)> Lines => _lines;

    public bool Has(int id) => _lines.Any(line => line.Id == id);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
