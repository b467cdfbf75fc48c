using System.Reflection;
using SongMood.Learning;
using SongMood.Tests.Trainers;
using SongMood.Tests.Training;

namespace SongMood.Tests.Architecture;

/// <summary>Tests run side by side, but for those that draw from torch's one stream of random numbers.</summary>
public class TorchCollectionTests
{
    private static readonly string[] Trainings = [typeof(MoodLearning).FullName!, typeof(MoodSweep).FullName!];

    [Fact]
    public void Tests_that_train_or_use_torch_take_turns()
    {
        using var assembly = new CompiledAssembly("SongMood.Tests", "tests/SongMood.Tests");
        var references = assembly.References().ToLookup(reference => reference.Type);
        var tests = typeof(TorchCollectionTests).Assembly.GetTypes().Where(HasTests).Except([typeof(TorchCollectionTests)]);
        Type[] users = [.. tests.Where(test => Reach(test.FullName!, references).Any(UsesTorch))];
        Assert.Contains(typeof(LoopTests), users);
        Assert.Empty(users.Where(test => !TakesTurns(test)).Select(test => test.FullName));
    }

    /// <summary>What a test names, and what its helpers name. What trains through the tool is checked where the tool is run.</summary>
    private static IEnumerable<Reference> Reach(string test, ILookup<string, Reference> references)
    {
        var seen = new HashSet<string> { test, typeof(Torch).FullName!, typeof(TorchCollectionTests).FullName! };
        var open = new Queue<string>([test]);
        while (open.TryDequeue(out var type))
            foreach (var reference in references[type])
            {
                yield return reference;
                if (reference.Assembly == "SongMood.Tests" && seen.Add(reference.Target))
                    open.Enqueue(reference.Target);
            }
    }

    private static bool UsesTorch(Reference reference) => reference.Assembly == "TorchSharp" || Trainings.Contains(reference.Target)
        || (reference.Target.StartsWith("SongMood.Trainers.", StringComparison.Ordinal)
            && !reference.Target.EndsWith("Options", StringComparison.Ordinal));

    private static bool HasTests(Type type) => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: false));

    private static bool TakesTurns(Type test) =>
        test.GetCustomAttribute<CollectionAttribute>()?.Name is nameof(Torch) or nameof(Alone);
}
