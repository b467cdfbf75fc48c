using System.Text;
using System.Text.RegularExpressions;

namespace SongMood.Tests.Architecture;

/// <summary>Whether what the architecture tests read from an assembly is all that a type names.</summary>
public class CompiledAssemblyTests
{
    private static readonly Lazy<Reference[]> References = new(() =>
    {
        using var assembly = new CompiledAssembly("SongMood.Tests", "tests/SongMood.Tests");
        return [.. assembly.References()];
    });

    [Theory]
    [InlineData("System.Exception", null)] // a base
    [InlineData("System.IDisposable", null)] // an interface
    [InlineData("System.Random", null)] // a field
    [InlineData("System.Text.StringBuilder", null)] // an argument of a generic type
    [InlineData("System.ObsoleteAttribute", "Run")]
    [InlineData("System.IFormattable", "Run")] // a constraint
    [InlineData("System.Version", "Run")] // a parameter
    [InlineData("System.Uri", "Run")] // a result
    [InlineData("System.IO.Path", "Run")] // a call
    [InlineData("System.Globalization.CultureInfo", "Run")] // a generic method's argument
    [InlineData("System.Text.RegularExpressions.Regex", "Run")] // typeof, behind a switch
    [InlineData("System.FormatException", "Run")] // a catch
    public void What_a_type_names_is_found(string target, string? method)
    {
        Assert.Contains(References.Value, reference => reference.Target == target && reference.Code == CodeOf(method));
    }

    [Fact]
    public void Types_are_found_in_their_folders()
    {
        using var assembly = new CompiledAssembly("SongMood.Tests", "tests/SongMood.Tests");
        Assert.Equal(["Architecture"], assembly.Folders[typeof(Sample<>).FullName!]);
        Assert.Equal(["Architecture"], assembly.Folders[typeof(ISample).FullName!]); // without code
        Assert.Equal([""], assembly.Folders[typeof(ArchitectureTests).FullName!]);
    }

    private static string CodeOf(string? method) => typeof(Sample<>).FullName + (method is null ? "" : $".{method}");
}

internal interface ISample;

internal sealed class Sample<T> : Exception, IDisposable
{
    private readonly Random _random = new(1);
    private readonly List<StringBuilder> _texts = [];

    public void Dispose() => _texts.Clear();

    [Obsolete("An attribute.")]
    public Uri Run<TValue>(Version version) where TValue : IFormattable
    {
        try
        {
            return _random.Next(5) switch
            {
                0 => new Uri(Path.GetTempPath()),
                1 => new Uri(version.ToString()),
                2 => new Uri($"{Array.Empty<System.Globalization.CultureInfo>().Length}"),
                3 => new Uri(typeof(TValue).Name),
                _ => new Uri(typeof(Regex).Name),
            };
        }
        catch (FormatException)
        {
            return new Uri("about:blank");
        }
    }
}
