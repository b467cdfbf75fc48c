using System.Diagnostics;
using System.Text;
using SongMood.Audio;

/// <summary>
/// Stands for a native library with a fault. Files that begin with "KILL" end the process as SIGKILL does. Those that begin with "WAIT "
/// name a file: the process writes its id there, and is at the song until someone removes the file.
/// </summary>
internal sealed class DeadlyDecoder : IAudioDecoder
{
    public IReadOnlyList<string> FileNameSuffixes => [".deadly"];

    public bool CanDecode(ReadOnlySpan<byte> head) => head.StartsWith("KILL"u8) || head.StartsWith("WAIT "u8);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => new()
    {
        Format = "deadly",
        SampleRate = 22_050,
        ChannelCount = 1,
        Duration = TimeSpan.FromSeconds(2),
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
        var marker = text["WAIT ".Length..];
        if (File.Exists(marker)) // else it has been let go
        {
            File.WriteAllText(marker, $"{Environment.ProcessId}");
            while (File.Exists(marker))
                Thread.Sleep(10);
        }
        return new Waveform([[.. Enumerable.Range(0, 44_100).Select(n => 0.5f * MathF.Sin(0.1f * n))]], 22_050);
    }
}
