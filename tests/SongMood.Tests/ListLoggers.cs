using Microsoft.Extensions.Logging;

namespace SongMood.Tests;

/// <summary>Loggers that keep what they are told.</summary>
/// <param name="least">The lowest level that is kept.</param>
internal sealed class ListLoggers(LogLevel least) : ILoggerFactory
{
    private readonly List<(string Category, LogLevel Level, string Text)> _entries = [];

    public (string Category, LogLevel Level, string Text)[] Entries
    {
        get
        {
            lock (_entries)
                return [.. _entries];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Logger(ListLoggers all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= all.Least;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (all._entries)
                all._entries.Add((category, logLevel, formatter(state, exception)));
        }
    }

    private LogLevel Least => least;
}
