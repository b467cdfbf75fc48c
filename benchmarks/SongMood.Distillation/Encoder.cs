using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SongMood.Distillation;

/// <summary>
/// A way to encode a song with loss, by the ffmpeg on the PATH: a file's ending, whose format it has, and ffmpeg's options.
/// </summary>
internal sealed record Encoder(string Ending, params string[] Options)
{
    /// <summary>What the examination hears the clips through.</summary>
    public static IReadOnlyDictionary<string, Encoder> Examined { get; } = new Dictionary<string, Encoder>
    {
        ["Vorbis, quality 5"] = new("ogg", "-c:a", "libvorbis", "-q:a", "5"),
        ["Opus, 128 kb/s"] = new("opus", "-c:a", "libopus", "-b:a", "128k"),
        ["MP2, 192 kb/s"] = new("mp2", "-ar", "44100", "-ac", "2", "-b:a", "192k"),
        ["MP3, 64 kb/s"] = new("mp3", "-b:a", "64k"),
    };

    /// <summary>A format and a rate at random, as songs are found with; half of them at 44.1 kHz where there is a choice.</summary>
    public static Encoder Draw(Random random)
    {
        string[] rate = random.Next(2) == 0 ? [] : ["-ar", "44100"];
        return random.Next(10) switch
        {
            < 3 => new("ogg", ["-c:a", "libvorbis", "-q:a", Quality(2, 8), .. rate]),
            < 5 => new("opus", "-c:a", "libopus", "-b:a", Kilobits(48, 160)),
            < 7 => new("mp3", ["-b:a", Kilobits(48, 160), .. rate]),
            < 8 => new("mp2", "-ar", "44100", "-ac", "2", "-b:a", random.Next(2) == 0 ? "192k" : "128k"),
            < 9 => new("m4a", ["-c:a", "aac", "-b:a", Kilobits(64, 160), .. rate]),
            _ => new("wma", ["-c:a", "wmav2", "-b:a", Kilobits(64, 160), .. rate]),
        };

        string Quality(double least, double most) =>
            (least + (most - least) * random.NextDouble()).ToString("f1", CultureInfo.InvariantCulture);

        string Kilobits(double least, double most) =>
            ((int)(least * Math.Pow(most / least, random.NextDouble()))).ToString(CultureInfo.InvariantCulture) + "k";
    }

    /// <summary>A file as it sounds behind the encoder, mono at the student's rate.</summary>
    public float[] Through(string path)
    {
        var folder = Directory.CreateTempSubdirectory("songmood-");
        try
        {
            var (encoded, decoded) = (Path.Combine(folder.FullName, "song." + Ending), Path.Combine(folder.FullName, "song.wav"));
            Run(["-i", path, "-map", "0:a:0", "-map_metadata", "-1", .. Options, encoded]);
            Run(["-i", encoded, "-c:a", "pcm_f32le", decoded]);
            return StudentInput.Read(decoded);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments])
            {
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"ffmpeg {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}");
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException("ffmpeg is not installed, which encodes what is heard: install it.", error);
        }
    }
}
