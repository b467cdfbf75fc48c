using SongMood.Tests.Architecture;
using SongMood.TestSupport;

namespace SongMood.Tests;

/// <summary>
/// Dependencies point one way only: each folder of the libraries uses only those that are listed for it, and the list has no circle.
/// What a folder uses is read from the built assemblies. A "folder" here is one right below a project's, with those below it.
/// </summary>
public class ArchitectureTests(ArchitectureTests.Built built) : IClassFixture<ArchitectureTests.Built>
{
    private const string Tool = "SongMood.Cli";

    // Libraries that are one node each: their folders only sort files.
    private static readonly string[] Single = ["SongMood.Formats", "SongMood.Catalogue"];

    // What stands at a library's root, such as the faults of options, is below all folders.
    private static readonly string[] Roots = ["SongMood.Transforms", "SongMood"];

    /// <summary>Which folder may use which: A: [B, C] says that A uses B and C. CONTRIBUTING.md draws it.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Dsp"] = [],
        ["Audio"] = ["Dsp"],
        ["Persistence"] = [],
        ["Logging"] = [],
        ["Transforms"] = ["Persistence", "Audio", "Dsp"],
        ["Alterations"] = ["Dsp"],
        ["Evaluation"] = [],
        ["Scoring"] = ["Transforms"],
        ["Embeddings"] = ["Scoring", "Transforms", "Persistence"],
        ["Networks"] = ["Scoring"],
        ["Training"] = ["Evaluation", "Networks", "Scoring"],
        ["Trainers"] = ["Training", "Evaluation", "Networks", "Scoring", "Transforms"],
        ["Pretrained"] = ["Scoring"],
        ["Prediction"] = ["Pretrained", "Embeddings", "Scoring", "Transforms", "Audio", "Dsp"],
        ["Learning"] =
            ["Alterations", "Trainers", "Training", "Evaluation", "Prediction", "Embeddings", "Scoring", "Transforms", "Audio", "Dsp"],
        ["Similarity"] = ["Prediction"],
        ["Playlists"] = ["Prediction", "Audio"],
        ["Reports"] = ["Learning", "Training", "Evaluation", "Prediction"],
        ["Formats"] = ["Audio", "Dsp"],
        ["Catalogue"] = ["Reports", "Similarity", "Learning", "Prediction", "Audio"],
    };

    // What the tool's folders leave to the libraries.
    private static readonly string[] HiddenFromTool = ["Persistence", "Networks", "Training", "Trainers", "Pretrained"];

    /// <summary>Who may use what others have made: by the start of the assembly's name. The longest that fits decides.</summary>
    private static readonly Dictionary<string, string[]> Users = new()
    {
        ["NWaves"] = ["Alterations"],
        ["TorchSharp"] = ["Networks", "Training", "Trainers"],
        ["Microsoft.ML"] = ["Persistence", "Transforms", "Scoring", "Embeddings", "Training", "Trainers", "Prediction",
            "Learning", "Logging", "Catalogue"],
        ["Microsoft.ML.Onnx"] = ["Scoring", "Embeddings"],
    };

    /// <summary>Who may use what ML.NET shows only to its own assemblies (docs/decisions/0002-model-files.md).</summary>
    private static readonly string[] UsersOfInternals = ["Persistence", "Scoring", "Embeddings", "Training", "Trainers"];

    [Fact]
    public void The_allowed_graph_has_no_circle() => AssertNone(
        Circle(from entry in Allowed from to in entry.Value select new Edge(entry.Key, to, "allowed")));

    [Fact]
    public void A_circle_is_found() => Assert.Equal(["A -> B: 1", "B -> A: 3"],
        Circle([new("A", "B", "1"), new("B", "C", "2"), new("B", "A", "3"), new("D", "A", "4")]));

    [Fact]
    public void Folders_of_the_libraries_use_only_what_is_allowed()
    {
        var edges = built.Edges.Where(edge => !IsTool(edge.From)).ToArray();
        Assert.Superset(
            new HashSet<string> { "Audio -> Dsp", "Transforms -> Persistence", "Scoring -> Transforms", "Trainers -> Training" },
            edges.Select(edge => $"{edge.From} -> {edge.To}").ToHashSet());
        Assert.DoesNotContain(edges, edge => edge.From == Roots[0] || (edge.From == Roots[1] && edge.To != Roots[0]));
        AssertNone(from edge in edges
                   where !Roots.Contains(edge.To) && (!Allowed.TryGetValue(edge.From, out var allowed) || !allowed.Contains(edge.To))
                   select edge.ToString());
    }

    [Fact]
    public void Every_edge_that_is_allowed_is_used()
    {
        var used = built.Edges.Select(edge => (edge.From, edge.To)).ToHashSet();
        AssertNone(from entry in Allowed from to in entry.Value where !used.Contains((entry.Key, to)) select $"{entry.Key} -> {to}");
    }

    /// <summary>It draws an edge only where no other way leads to the same folder.</summary>
    [Fact]
    public void CONTRIBUTING_draws_the_allowed_graph()
    {
        var drawn = DrawnEdges().ToLookup(edge => edge.From, edge => edge.To);
        Assert.Contains("Dsp", drawn["Audio"]);
        AssertNone(from edge in drawn from to in edge where !Allowed[edge.Key].Contains(to) select $"not allowed: {edge.Key} -> {to}");
        AssertNone(from entry in Allowed from to in entry.Value.Except(Reached(entry.Key)) select $"not drawn: {entry.Key} -> {to}");

        HashSet<string> Reached(string from) => [.. drawn[from].SelectMany(to => Reached(to).Append(to))];
    }

    [Fact]
    public void Folders_of_the_tool_make_no_circle_and_leave_the_inner_folders_alone()
    {
        var edges = built.Edges.Where(edge => IsTool(edge.From)).ToArray();
        Assert.Contains(edges, edge => edge.To == "Prediction");
        AssertNone(Circle(edges));
        AssertNone(from edge in edges where IsHiddenFromTool(edge) select edge.ToString());
    }

    [Fact]
    public void A_tool_that_trained_and_scored_by_itself_would_be_found()
    {
        using var assembly = new CompiledAssembly("SongMood.Tests", "tests/SongMood.Tests");
        const string Sample = "SongMood.Tests.Architecture.ToolThatTrains"; // not by typeof: this class would count as one that uses torch
        Reference[] references = [.. assembly.References().Where(reference => reference.Type == Sample)];
        Assert.Equal(["Microsoft.ML.Data", "Microsoft.ML.OnnxRuntime", "TorchSharp"],
            from misuse in Misuses(references.Select(reference => ($"{Tool}/Train", reference)))
            group misuse by misuse.Split(": ")[0].Split(" -> ")[1] into assemblies
            orderby assemblies.Key
            select assemblies.Key);
        Assert.Equal(["Trainers", "Training"],
            from edge in Edges(references.Select(reference => ($"{Tool}/Train", built.TopOf(reference), reference)))
            where IsHiddenFromTool(edge)
            orderby edge.To
            select edge.To);
    }

    [Fact]
    public void TorchSharp_ML_NET_and_ONNX_are_used_only_by_those_that_may()
    {
        // The tool's folders are among them, which train and score nothing by themselves.
        Assert.All(Users.Keys, prefix => Assert.Contains(built.Uses, use => PrefixOf(use.Reference) == prefix));
        AssertNone(Misuses(built.Uses.Select(use => (use.From, use.Reference))));
    }

    [Fact]
    public void ML_NETs_internals_are_used_only_by_those_that_may()
    {
        var uses = built.Uses.Where(use => use.Reference.IsInternal
            && use.Reference.Assembly.StartsWith("Microsoft.ML", StringComparison.Ordinal)).ToArray();
        Assert.Contains(uses, use => use.From == "Persistence" && use.Reference.Target == "Microsoft.ML.ModelLoadContext");
        Assert.Contains(uses, use => use.From == "Persistence" && use.Reference.Target == "Microsoft.ML.ModelSaveContext"); // a member
        AssertNone(
            from use in uses
            where !UsersOfInternals.Contains(use.From)
            select $"{use.From}: {use.Reference.Code} uses an internal of {use.Reference.Target}");
    }

    /// <summary>A folder's namespace is its own path, or that of a folder above it: folders deeper down may only sort files.</summary>
    [Fact]
    public void Namespaces_are_those_of_folders()
    {
        var types = built.Assemblies.SelectMany(assembly => assembly.Folders.SelectMany(type => type.Value.Select(folder => (
            Folder: $"{(assembly.Name == Roots[0] ? Roots[1] : assembly.Name)}{(folder.Length == 0 ? "" : $".{folder.Replace('/', '.')}")}",
            Top: TopOf(assembly.Name, type.Key, folder),
            Namespace: type.Key[..Math.Max(0, type.Key.LastIndexOf('.'))], type.Key)))).ToArray();
        // Extension methods stand where ML.NET's own do (mlContext.Transforms. ...); a program's entry has no namespace.
        var ours = types.Where(type => type.Namespace is not ("Microsoft.ML" or "System.Runtime.CompilerServices" or "")).ToArray();
        Assert.Contains(ours, type => type.Namespace == "SongMood.Dsp.Descriptors");
        AssertNone(from type in ours
                   where type.Folder != type.Namespace
                       && (!type.Folder.StartsWith(type.Namespace + ".") || type.Namespace is "SongMood" or Tool)
                   select $"{type.Key} is in the folder {type.Folder}");
        AssertNone(from type in ours
                   group type.Namespace by type.Folder into namespaces
                   where namespaces.Distinct().Count() > 1
                   select $"{namespaces.Key}: {string.Join(", ", namespaces.Distinct())}");
        AssertNone(from type in types group type.Top by type.Key into tops where tops.Distinct().Count() > 1 select tops.Key);
    }

    [Fact]
    public void No_public_type_is_in_a_namespace_called_Persistence() => Assert.DoesNotContain(
        typeof(Transforms.ColumnTransformer).Assembly.GetExportedTypes(), type => type.Namespace!.EndsWith(".Persistence"));

    [Fact]
    public void No_global_using_hides_a_dependency()
    {
        var sources = Directory.GetFiles(Path.Combine(TestData.RepositoryRoot, "src"), "*.cs*", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));
        Assert.DoesNotContain(sources, file => System.Text.RegularExpressions.Regex.IsMatch(
            File.ReadAllText(file), @"^\s*(global using|<Using )", System.Text.RegularExpressions.RegexOptions.Multiline));
    }

    /// <summary>"Training -> Networks, Evaluation" and "Transforms -> Audio -> Dsp" are two edges each.</summary>
    private static IEnumerable<(string From, string To)> DrawnEdges() =>
        from line in File.ReadLines(Path.Combine(TestData.RepositoryRoot, "CONTRIBUTING.md"))
        where line.StartsWith("    ", StringComparison.Ordinal) && line.Contains(" -> ")
        let nodes = line.Split(" -> ").Select(node => node.Split(", ", StringSplitOptions.TrimEntries)).ToArray()
        from pair in nodes.Zip(nodes.Skip(1))
        from to in pair.Second
        select (pair.First[0].Split(' ')[^1], to); // a project's name may come before the first folder

    private static IEnumerable<string> Misuses(IEnumerable<(string From, Reference Reference)> uses) =>
        from use in uses
        let prefix = PrefixOf(use.Reference)
        where prefix is not null && !Users[prefix].Contains(use.From)
        select $"{use.From} -> {use.Reference.Assembly}: {use.Reference.Code} uses {use.Reference.Target}";

    private static string? PrefixOf(Reference reference) =>
        Users.Keys.Where(start => reference.Assembly.StartsWith(start, StringComparison.Ordinal)).MaxBy(start => start.Length);

    private static bool IsHiddenFromTool(Edge edge) => HiddenFromTool.Contains(edge.To);

    private static IEnumerable<Edge> Edges(IEnumerable<(string From, string? To, Reference Reference)> uses) =>
        from use in uses
        where use.To is not null && use.To != use.From
        group use.Reference by (use.From, To: use.To!) into references
        select new Edge(references.Key.From, references.Key.To, $"{references.First().Code} uses {references.First().Target}");

    /// <summary>Fails with all the faults in full.</summary>
    private static void AssertNone(IEnumerable<string> faults) =>
        Assert.True(!faults.Any(), string.Join(Environment.NewLine, faults.Distinct()));

    private static bool IsTool(string folder) => folder.StartsWith(Tool);

    /// <summary>
    /// The node of the graph: the folder right below the project's. At the tool's root, its entry, which uses all folders, is told from
    /// what they share.
    /// </summary>
    private static string TopOf(string assembly, string type, string folder)
    {
        var top = folder.Split('/')[0];
        if (Single.Contains(assembly))
            return assembly.Split('.')[^1];
        if (assembly != Tool)
            return top.Length == 0 ? assembly : top;
        return type is ".Program" or $"{Tool}.SongMoodTool" ? $"{Tool}, the entry" : $"{Tool}/{top}";
    }

    /// <summary>The edges that are left when all that uses nothing, and all that nothing uses, is taken away.</summary>
    private static string[] Circle(IEnumerable<Edge> edges)
    {
        var left = edges.ToList();
        while (left.RemoveAll(edge => left.All(other => other.From != edge.To) || left.All(other => other.To != edge.From)) > 0)
        {
        }
        return [.. left.Select(edge => edge.ToString())];
    }

    internal sealed record Edge(string From, string To, string Example)
    {
        public override string ToString() => $"{From} -> {To}: {Example}";
    }

    /// <summary>What the libraries and the tool use, read once for all tests.</summary>
    public sealed class Built : IDisposable
    {
        private readonly Dictionary<(string Assembly, string Type), string> _tops;

        public Built()
        {
            _tops = Assemblies.SelectMany(assembly => assembly.Folders.Select(type => (
                Key: (assembly.Name, type.Key), Top: ArchitectureTests.TopOf(assembly.Name, type.Key, type.Value.First()))))
                .ToDictionary(type => type.Key, type => type.Top);
            Uses = [.. from assembly in Assemblies
                       from reference in assembly.References()
                       select (_tops[(assembly.Name, reference.Type)], TopOf(reference), reference)];
            Edges = [.. ArchitectureTests.Edges(Uses)];
        }

        internal CompiledAssembly[] Assemblies { get; } =
            [.. Roots.Concat(Single).Append(Tool).Select(name => new CompiledAssembly(name, $"src/{name}"))];

        internal (string From, string? To, Reference Reference)[] Uses { get; }

        internal Edge[] Edges { get; }

        /// <summary>The node of the graph that a reference leads to; null for what others have made.</summary>
        internal string? TopOf(Reference reference) => _tops.GetValueOrDefault((reference.Assembly, reference.Target));

        public void Dispose() => Array.ForEach(Assemblies, assembly => assembly.Dispose());
    }
}
