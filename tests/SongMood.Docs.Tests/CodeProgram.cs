using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SongMood.Docs.Tests;

/// <summary>Compiles pieces of code that follow each other as one program, with the usings that every project has, and runs it.</summary>
internal static partial class CodeProgram
{
    private const string ImplicitUsings = """
        using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Net.Http; using System.Threading;
        using System.Threading.Tasks; using Microsoft.AspNetCore.Builder; using Microsoft.AspNetCore.Http;
        using Microsoft.Extensions.DependencyInjection;

        """;

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>A test fails where it does not compile; what it throws is thrown. It gets the song of <see cref="WorkFolder"/>.</summary>
    public static async Task RunAsync(string name, IEnumerable<string> pieces)
    {
        var entry = Assembly.Load(Compile(name, pieces)).EntryPoint!;
        var running = entry.Invoke(null, entry.GetParameters().Length == 0 ? null : [new[] { "song.mp3" }]);
        if (running is Task task)
            await task;
    }

    /// <summary>The assembly.</summary>
    public static byte[] Compile(string name, IEnumerable<string> pieces)
    {
        var units = pieces.Select(piece => CSharpSyntaxTree.ParseText(PackageLine().Replace(piece, "")).GetCompilationUnitRoot()).ToArray();
        // Usings stand first in a program, and types last; a page may say them where it needs them.
        var source = ImplicitUsings + string.Concat(units.SelectMany(unit => unit.Usings.Cast<SyntaxNode>())
            .Concat(units.SelectMany(unit => unit.Members.OfType<GlobalStatementSyntax>()))
            .Concat(units.SelectMany(unit => unit.Members.Where(member => member is not GlobalStatementSyntax)))
            .Select(node => node.ToFullString() + "\n"));
        var compilation = CSharpCompilation.Create($"Code{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(source)], References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(result.Success, $"{name}: {string.Join("; ", errors.Select(error => error.GetMessage()))}\n{source}");
        return assembly.ToArray();
    }

    /// <summary>How a notebook and a program of one file name a package: the libraries at hand take its place.</summary>
    [GeneratedRegex("""^#(:package|r) .*$""", RegexOptions.Multiline)]
    private static partial Regex PackageLine();
}
