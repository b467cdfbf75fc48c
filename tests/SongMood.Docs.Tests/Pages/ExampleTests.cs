using System.Reflection;
using System.Xml.Linq;
using Microsoft.ML;
using SongMood.Audio;
using SongMood.Formats;
using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Docs.Tests.Pages;

/// <summary>What one begins with has an example in its XML docs, and every example compiles and runs.</summary>
public sealed class ExampleTests
{
    private static readonly Assembly[] Libraries =
        [typeof(AudioFile).Assembly, typeof(MoodPredictor).Assembly, typeof(AudioFormats).Assembly];

    /// <summary>By what they belong to: "T:SongMood.Audio.AudioFile", "M:Microsoft.ML. ...".</summary>
    private static readonly Dictionary<string, string> Examples = Libraries
        .SelectMany(library => XDocument.Load(Path.ChangeExtension(library.Location, ".xml")).Descendants("member"))
        .Where(member => member.Element("example") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("example")!.Element("code")!.Value);

    /// <summary>Static classes, and classes that an app makes itself. Options and results explain themselves.</summary>
    [Fact]
    public void Every_entry_point_has_an_example()
    {
        var types = Libraries.SelectMany(library => library.GetExportedTypes()).Where(IsEntryPoint).ToArray();
        Assert.Contains(typeof(MoodPredictor), types);
        Assert.True(types.Length > 30, $"{types.Length} types");
        Assert.Equal([], types.Where(type => !IsCatalog(type)).Select(type => $"T:{type.FullName}")
            .Where(name => !Examples.ContainsKey(name)));
        Assert.Equal([], types.Where(IsCatalog).SelectMany(Calls).Select(method => $"M:{method.DeclaringType!.FullName}.{method.Name}(")
            .Distinct().Where(start => !Examples.Keys.Any(name => name.StartsWith(start))));
    }

    [Fact]
    public async Task Every_example_runs()
    {
        using var folder = new WorkFolder();
        var songs = LabelledSongs.Read("tracks.csv",
            new LabelledSongsOptions { RequireAudio = false, FeatureColumns = ["energy", "valence"] });
        var learning = new MoodLearning(songs, new MoodLearningOptions { Inputs = SongInput.Columns, Epochs = 1, ConfidenceFolds = 0 });
        using (var model = await learning.FitAsync())
            model.Save("tabular.zip");
        Assert.True(Examples.Count > 50, $"{Examples.Count} examples");
        var usings = string.Concat(Libraries.SelectMany(library => library.GetExportedTypes()).Select(type => type.Namespace).Distinct()
            .Select(name => $"using {name};\n"));
        var methods = Examples.Select((example, number) => $$"""
            // {{example.Key}}
            static async Task Example{{number}}(MLContext mlContext)
            {
            {{example.Value}}
                await Task.CompletedTask;
            }
            """);
        var calls = Examples.Select((example, number) => $$"""
            try { await Example{{number}}(new MLContext(1)); }
            catch (Exception error) { throw new Exception(@"{{example.Key}}: " + error.Message, error); }
            """);
        var before = Console.In;
        Console.SetIn(new StringReader("")); // a sweep's worker reads its work from there
        try
        {
            await PrintedText.OfAsync(() => CodeProgram.RunAsync("the XML docs", [usings, .. methods, .. calls]));
        }
        finally
        {
            Console.SetIn(before);
        }
    }

    private static bool IsEntryPoint(Type type) => !type.IsInterface && !type.IsEnum && !type.IsSubclassOf(typeof(Exception))
        && type.GetMethod("<Clone>$") is null // a record
        && ((type.IsAbstract && type.IsSealed) || (!type.IsAbstract && type.GetConstructors().Length > 0)
            || Calls(type).Any(method => method.ReturnType == type && !method.IsSpecialName));

    private static bool IsCatalog(Type type) => type.Namespace == typeof(MLContext).Namespace;

    private static IEnumerable<MethodInfo> Calls(Type type) => type.GetMethods(BindingFlags.Static | BindingFlags.Public);
}
