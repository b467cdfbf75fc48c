using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>One run of ffmpeg: no shell, no network, no terminal, a limit for its time and one for what it writes.</summary>
internal sealed partial class FfmpegRun(AudioFormatsOptions settings, string[] arguments)
{
    private const int MostErrorText = 2000;

    /// <summary>
    /// What it said, line by line, each behind its level, such as "[error] moov atom not found"; after <see cref="Output"/>.
    /// </summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>What it complained of; after <see cref="Output"/>. It may have made something all the same.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. Lines.Select(line => Complaint().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["from"].Value + match.Groups["text"].Value)];

    /// <summary>
    /// How many channels that has which it decodes, each time that it changes; after <see cref="Output"/>. It mixes what follows to the
    /// channels of the first, and says so at its level "verbose" alone.
    /// </summary>
    public IReadOnlyList<int> ChannelCounts { get; private set; } = [];

    /// <summary>What it writes to its standard output.</summary>
    /// <param name="mostBytes">The most that is taken.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="ofMore">What to do where it is more; null for what those may do who have the limits at hand.</param>
    /// <exception cref="AudioFormatException">It cannot be run, fails, takes too long or writes too much.</exception>
    public ReadOnlyMemory<byte> Output(long mostBytes, CancellationToken cancellation, string? ofMore = null)
    {
        var start = new ProcessStartInfo(settings.FfmpegPath,
            ["-hide_banner", "-nostdin", "-nostats", "-v", "level+verbose", "-protocol_whitelist", "file,pipe", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Start(start);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(settings.FfmpegTimeout);
        using var end = timeout.Token.Register(() => End(process));
        try
        {
            var errors = process.StandardError.ReadToEndAsync();
            var bytes = Read(process.StandardOutput.BaseStream, mostBytes, ofMore ?? "read a part, or raise the limits");
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            if (timeout.IsCancellationRequested)
                throw new AudioFormatException(
                    $"ffmpeg took more than {settings.FfmpegTimeout} and was ended; raise {nameof(AudioFormatsOptions)}."
                    + $"{nameof(AudioFormatsOptions.FfmpegTimeout)} to wait longer");
            var lines = errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            ChannelCounts = ChannelCountsIn(lines);
            Lines = [.. lines.Where(line => !Verbose().IsMatch(line)).Select(Lasting)];
            if (process.ExitCode != 0 || bytes.Length == 0)
                throw new AudioFormatException("ffmpeg cannot read this: "
                    + Shortened(string.Join("; ", Complaints is { Count: > 0 } complaints ? complaints : Lines)));
            return bytes;
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>What its lines say of the channels that go into its filters, of which it makes new ones where these change.</summary>
    internal static IReadOnlyList<int> ChannelCountsIn(IEnumerable<string> lines) =>
        [.. lines.Select(line => Layout().Match(line)).Where(match => match.Success)
            .Select(match => CountOf(match.Groups["layout"].Value))];

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new AudioFormatException(
                $"this format is read by ffmpeg, and '{settings.FfmpegPath}' cannot be run ({error.Message}); install ffmpeg, or name it "
                + $"in {nameof(AudioFormatsOptions)}.{nameof(AudioFormatsOptions.FfmpegPath)}", innerException: error);
        }
    }

    private static ReadOnlyMemory<byte> Read(Stream output, long mostBytes, string ofMore)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = output.Read(buffer)) > 0;)
        {
            if (bytes.Length + read > mostBytes)
                throw new AudioFormatException($"ffmpeg makes more than {mostBytes} bytes of this; {ofMore}");
            bytes.Write(buffer.AsSpan(0, read));
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it has ended by itself
        }
    }

    /// <summary>
    /// What it says, without what differs from run to run: where things are in its memory ("[mp4 @ 0x55d0]"), and the temporary file. A
    /// song that cannot be read is told in the same words each time, so that shards that are merged are what one run would have written.
    /// </summary>
    private string Lasting(string text) => Array.IndexOf(arguments, "-i") is >= 0 and var at
        ? Addresses().Replace(text, "]").Replace(arguments[at + 1], "the file", StringComparison.Ordinal)
        : Addresses().Replace(text, "]");

    [GeneratedRegex(@" @ (0x)?[0-9a-fA-F]+\]")]
    private static partial Regex Addresses();

    // A line at the level of an error, behind the parts of it that speak, such as "[aist#0:0/aac] [dec:aac] ".
    [GeneratedRegex(@"^(?<from>(\[[^\[\]]+\] )*)\[(error|fatal|panic)\] (?<text>.*\S)\s*$")]
    private static partial Regex Complaint();

    // As libavutil/channel_layout.c names them: "5.1" and "5.1(side)" are six channels, "13 channels" have no name. What is none of
    // these is not known: 0.
    private static int CountOf(string layout) => layout switch
    {
        "mono" => 1,
        "stereo" or "downmix" => 2,
        "quad" => 4,
        "hexagonal" => 6,
        "octagonal" => 8,
        _ => layout.Split('.').Sum(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0),
    };

    // "[graph_0_in_0_0 @ 0x55d0]" until ffmpeg 6, "[graph_-1_in_0:0 @ 0x55d0]" from 7 on.
    [GeneratedRegex(@"^(\[[^\[\]]+\] )*\[graph_-?\d+_in_[^\]]*\] \[verbose\] .* chlayout:(?<layout>[^\s(]+)")]
    private static partial Regex Layout();

    [GeneratedRegex(@"^(\[[^\[\]]+\] )*\[verbose\] ")]
    private static partial Regex Verbose();

    private static string Shortened(string text) => text.Length > MostErrorText ? text[..MostErrorText] : text;
}
