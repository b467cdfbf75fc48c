using SongMood.Audio;

namespace SongMood.Benchmarks;

/// <summary>
/// MP3s of 30 s to decode, made anew by LAME (3.100), and a Layer II file by ffmpeg, both of which must be installed: of a real clip where
/// the data folder is there (SONGMOOD_DATA, or ../shared/data beside the repository), else of a synthetic signal.
/// </summary>
internal static class Mp3Inputs
{
    private const int Rate = 44100;

    private static readonly Lazy<float[][]> Music = new(FindMusic);

    public static byte[] Make(string material) => material switch
    {
        "128 kb/s" => Lame("-b 128 -m j"),
        "V2" => Lame("-V 2 -m j"),
        "320 kb/s" => Lame("-b 320 -m j"),
        "22.05 kHz" => Lame("-b 64 -m j --resample 22.05"),
        "Layer II" => EncoderRun.Encode("ffmpeg",
            $"-v error -nostdin -y -f s16le -ar {Rate} -ac 2 -i {{0}} -c:a mp2 -b:a 192k -f mp2 {{1}}", Pcm16(Music.Value)),
        _ => throw new ArgumentException($"no such material: {material}"),
    };

    /// <summary>Stereo as encoders take it: 16 bits, a sample of each channel in turn.</summary>
    public static byte[] Pcm16(float[][] channels)
    {
        var samples = new byte[4 * channels[0].Length];
        for (var i = 0; i < channels[0].Length; i++)
            for (var channel = 0; channel < 2; channel++)
                BitConverter.TryWriteBytes(samples.AsSpan(4 * i + 2 * channel), (short)(32767 * Math.Clamp(channels[channel][i], -1, 1)));
        return samples;
    }

    /// <summary>The songs of the data folder; none where it is not there.</summary>
    public static IEnumerable<string> RealClips()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SongMood.sln")))
            folder = folder.Parent;
        var data = Environment.GetEnvironmentVariable("SONGMOOD_DATA") ?? Path.Combine(folder?.FullName ?? ".", "..", "shared", "data");
        var clips = Path.Combine(data, "4q");
        if (!Directory.Exists(clips))
            return [];
        return Directory.EnumerateFiles(clips, "*.mp3", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
    }

    private static byte[] Lame(string arguments) => EncoderRun.Encode("lame",
        $"--quiet -r -s {Rate / 1000.0} --bitwidth 16 --signed --little-endian {arguments} {{0}} {{1}}", Pcm16(Music.Value));

    private static float[][] FindMusic()
    {
        foreach (var file in RealClips())
            if (AudioFile.Probe(file) is { SampleRate: Rate, ChannelCount: 2, Duration.TotalSeconds: > 29 })
            {
                var clip = AudioFile.Read(file);
                return [clip.Channel(0).ToArray(), clip.Channel(1).ToArray()];
            }

        var left = Signals.Music(Rate, 30);
        var right = (float[])left.Clone();
        for (var i = 2000; i < right.Length; i++)
            right[i] = 0.8f * left[i] + 0.2f * left[i - 2000]; // wide enough for joint stereo to have work
        return [left, right];
    }
}
