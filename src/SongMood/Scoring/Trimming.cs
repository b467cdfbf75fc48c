using System.Reflection;
using Microsoft.ML;

namespace SongMood.Scoring;

/// <summary>Tells an app that was published without what ML.NET finds by reflection from one with a faulty model.</summary>
internal static class Trimming
{
    public const string Advice =
        "ML.NET finds a model's steps by reflection, and they have been trimmed out of this app: set PublishTrimmed and "
        + "PublishAot to false in its project (PublishSingleFile works).";

    /// <summary>Whether the loaders that our assembly's attributes name are gone. Nothing calls them but ML.NET, by their name.</summary>
    public static bool HasCutLoaders => !typeof(Trimming).Assembly.GetCustomAttributes<LoadableClassAttributeBase>()
        .Any(attribute => attribute.LoaderType.GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Any(method => method.Name == "Create"));
}
