using Microsoft.ML.Runtime;
using SongMood.Transforms;

namespace SongMood.Persistence;

/// <summary>Which transformer a saved component becomes. Names stay for ever: model files carry them.</summary>
internal static class Components
{
    private delegate ColumnTransformer Factory(IHostEnvironment env, ComponentFile.Content saved);

    private static readonly Dictionary<string, Factory> Factories = new()
    {
        [LogCompressTransformer.Name] = (env, saved) =>
            new LogCompressTransformer(env, saved.Output, saved.Input, saved.StateAs<LogCompressOptions>()),
        [ScaleMinMaxTransformer.Name] = (env, saved) =>
            new ScaleMinMaxTransformer(env, saved.Output, saved.Input, saved.StateAs<ScaleMinMaxTransformer.Fitted>()),
    };

    public static ColumnTransformer Create(IHostEnvironment env, ComponentFile.Content saved) =>
        Factories.TryGetValue(saved.Component, out var factory)
            ? factory(env, saved)
            : throw new FormatException($"there is no component '{saved.Component}'; known are {string.Join(", ", Factories.Keys)}");
}
