using Microsoft.Extensions.Logging;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>ML.NET's messages, SongMood's among them, in the log of an application.</summary>
public static class MLContextLogging
{
    private const string CategoryPrefix = "Microsoft.ML.";

    /// <summary>
    /// Hands on what a context's components say: the course of a training, rows that are left out, damage in songs. Errors, warnings and
    /// information keep their level; what ML.NET traces is <see cref="LogLevel.Trace"/>. Each message has the values Source and Message.
    /// </summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="loggers">
    /// Where loggers come from: one for each component, whose category is "Microsoft.ML." and the component's name, such as
    /// "Microsoft.ML.LoadAudio".
    /// </param>
    /// <returns>The link, which ends when it is disposed of.</returns>
    /// <example><code>
    /// var loggers = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance; // an application has its own
    /// using var link = mlContext.LogTo(loggers);
    /// </code></example>
    public static IDisposable LogTo(this MLContext mlContext, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        return new Link(mlContext, component => loggers.CreateLogger(CategoryPrefix + component));
    }

    /// <summary>The same into one logger, with its category.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="logger">The logger.</param>
    /// <inheritdoc cref="LogTo(MLContext, ILoggerFactory)" path="/returns"/>
    public static IDisposable LogTo(this MLContext mlContext, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return new Link(mlContext, _ => logger);
    }

    private sealed class Link : IDisposable
    {
        private readonly MLContext _mlContext;
        private readonly Func<string, ILogger> _loggerOf;

        public Link(MLContext mlContext, Func<string, ILogger> loggerOf)
        {
            ArgumentNullException.ThrowIfNull(mlContext);
            (_mlContext, _loggerOf) = (mlContext, loggerOf);
            _mlContext.Log += Write;
        }

        public void Dispose() => _mlContext.Log -= Write;

        private void Write(object? sender, LoggingEventArgs message)
        {
            var level = message.Kind switch
            {
                ChannelMessageKind.Error => LogLevel.Error,
                ChannelMessageKind.Warning => LogLevel.Warning,
                ChannelMessageKind.Info => LogLevel.Information,
                _ => LogLevel.Trace,
            };
            var logger = _loggerOf(ComponentOf(message.Source));
            if (logger.IsEnabled(level))
                logger.Log(level, "{Source}: {Message}", message.Source, message.RawMessage);
        }

        /// <summary>A source is a component, and behind it what it is at: "LstmTrainer; Training".</summary>
        private static string ComponentOf(string source) =>
            source.IndexOfAny([';', ':']) is > 0 and var end ? source[..end].TrimEnd() : source;
    }
}
