using System.Diagnostics;
using System.Text;
using SongMood.Audio;

/// <summary>
/// Stands for a native library with a fault. Files that begin with "KILL" end the process as SIGKILL does. Those that begin with "WAIT "
/// name a file: the process writes its id there, and is at the song until someone removes the file. Those that begin with "NOTE " name a
/// file into which each decoding is written.
/// </summary>
internal sealed class DeadlyDecoder : IAudioDecoder
{
    public IReadOnlyList<string> FileNameSuffixes => [".deadly"];

    public bool CanDecode(ReadOnlySpan<byte> head) => head.StartsWith("KILL"u8) || head.StartsWith("WAIT "u8)
        || head.StartsWith("NOTE "u8);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => Probe(bytes, options, Decode(bytes, options));

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options, Waveform whole) => new()
    {
        Format = "deadly",
        SampleRate = whole.SampleRate,
        ChannelCount = whole.ChannelCount,
        Duration = whole.Duration,
        BitRate = 1,
    };

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        if (text.StartsWith("KILL", StringComparison.Ordinal))
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite); // until it is carried out
        }
        if (text.StartsWith("NOTE ", StringComparison.Ordinal))
        {
            File.AppendAllText(text["NOTE ".Length..], "decoded\n");
            return Tone;
        }
        var marker = text["WAIT ".Length..];
        if (File.Exists(marker)) // else it has been let go
        {
            File.WriteAllText(marker, $"{Environment.ProcessId}");
            while (File.Exists(marker))
                Thread.Sleep(10);
        }
        return Tone;
    }

    private static Waveform Tone => new([[.. Enumerable.Range(0, 44_100).Select(n => 0.5f * MathF.Sin(0.1f * n))]], 22_050);
}
