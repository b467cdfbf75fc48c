using SongMood.Cli;
using SongMood.TestSupport;

namespace SongMood.Tests.Cli;

/// <summary>Names and messages are text to a terminal, whatever codes are in the names.</summary>
public sealed class ShownNameTests : IDisposable
{
    private const string Red = "\u001b[31m";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Errors_and_tables_show_no_escape_codes_of_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such names there");
        var text = _folder.Write($"a{Red}b.mp3", "no audio");
        var song = _folder.Write($"c{Red}d.wav", ToneFiles.Wav(300));
        foreach (var arguments in new string[][]
        {
            ["predict", text, song], ["predict", $"/nowhere/{Red}"],
            ["decode", text, "-o", _folder.File("o.wav")], ["inspect", text], ["tag", text],
        })
        {
            var run = await Tool.RunAsync(arguments);
            Assert.Contains("\uFFFD[31m", run.Out + run.Error);
            Assert.DoesNotContain('\u001b', run.Out + run.Error);
        }
    }

    [Fact]
    public void A_message_keeps_its_lines_and_a_name_has_none()
    {
        Assert.Equal("a\nb\tc\uFFFD", ShownName.Message("a\nb\tc\u0007"));
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFD", ShownName.Of("a\nb\tc\u0007"));
        Assert.Equal("Björk 静か שלום", ShownName.Of("Björk 静か שלום"));
        Assert.Equal("a\uFFFD3pm.exe\uFFFDb\uFFFD", ShownName.Of("a\u202E3pm.exe\u2066b\u2069")); // would turn the rest of the line
    }
}
