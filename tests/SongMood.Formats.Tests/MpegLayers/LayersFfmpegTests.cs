using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using SongMood.Audio;
using SongMood.Audio.Mp3;
using Kind = SongMood.Formats.Tests.MpegLayers.LayerFrames.Kind;

namespace SongMood.Formats.Tests.MpegLayers;

/// <summary>ffmpeg's decoders in floats (mp1float, mp2float), where it is installed.</summary>
public class LayersFfmpegTests
{
    private static readonly string? Program = AudioFormats.FindFfmpeg();
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    // Rates by their index, the four modes, and bit rates (11172-3 and 13818-3, 2.4.2.3).
    private static readonly int[] Rates = [44_100, 48_000, 32_000, 22_050, 24_000, 16_000];
    private static readonly int[] Kilobits = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly int[] LowKilobits = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>Frames of chance: what encoders do not make, and Layer I.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Frames_of_chance_are_played_as_ffmpeg_does(int layer)
    {
        Assert.SkipWhen(Program is null, "ffmpeg is not installed");
        var kinds = LayersDecodingTests.Kinds.Where(kind => kind.Layer == layer && kind.Version > 0).ToArray();
        Assert.Equal(2 * 3 * 3 * 4, kinds.Length);
        Compare(layer, [.. kinds.Select((kind, i) => (kind.ToString(), new LayerFrames(i).Many(kind, 12)))]);
    }

    /// <summary>All rates and bit rates of ffmpeg's own encoder, of one channel and two.</summary>
    [Fact]
    public void What_ffmpeg_encodes_is_played_as_ffmpeg_does() => Encode(
        from rate in Rates
        from channels in new[] { 1, 2 }
        from kilobits in (rate < 32_000 ? LowKilobits : Kilobits).Where(kilobits => IsAllowed(rate, channels, kilobits))
        select $"-ar {rate} -ac {channels} -c:a mp2 -b:a {kilobits}k");

    /// <summary>Joint stereo, two channels that have nothing to do with each other, and checksums, by TwoLAME.</summary>
    [Fact]
    public void What_TwoLame_encodes_is_played_as_ffmpeg_does() => Encode(
        from rate in Rates
        from mode in new[] { "stereo", "joint_stereo", "dual_channel", "mono" }
        from kilobits in rate < 32_000 ? new[] { 48, 160 } : [96, 192]
        select $"-ar {rate} -ac {(mode == "mono" ? 1 : 2)} -c:a libtwolame -mode {mode} -error_protection 1 -b:a {kilobits}k");

    // 11172-3, 2.4.2.3: in Layer II, the lowest rates are for one channel, the highest for two.
    private static bool IsAllowed(int rate, int channels, int kilobits) => rate < 32_000
        || (channels == 1 ? kilobits <= 192 : kilobits is 64 or >= 96);

    private static void Encode(IEnumerable<string> asked)
    {
        Assert.SkipWhen(Program is null, "ffmpeg is not installed");
        var settings = asked.ToArray();
        if (settings[0].Contains("libtwolame"))
            Assert.SkipUnless(Output("-v error -encoders").Contains("libtwolame"), "this ffmpeg has no TwoLAME");
        Assert.True(settings.Length > 40);
        using var folder = new TemporaryFolder();
        var outputs = settings.Select((setting, i) => $"{setting} -f mp2 {folder.File($"{i}.mp2")}");
        const string sound = "0.3*sin(2*PI*t*(440+900*t))+0.1*random(0)|0.2*sin(2*PI*t*1800)+0.05*random(1)";
        Output($"-v error -f lavfi -i \"aevalsrc={sound}:s=48000:d=0.25\" {string.Join(' ', outputs)}");
        Compare(2, [.. settings.Select((setting, i) => (setting, FromSteadyMode(File.ReadAllBytes(folder.File($"{i}.mp2")))))]);
    }

    // ffmpeg's demuxer passes over a first frame whose mode is not that of the second, which TwoLAME gives to each frame as it likes.
    private static byte[] FromSteadyMode(byte[] file)
    {
        Assert.True(FrameHeader.TryRead(file, out var first));
        var rest = file[first.FrameLength(0)..];
        Assert.True(FrameHeader.TryRead(rest, out var second));
        return first.Mode == second.Mode ? file : FromSteadyMode(rest);
    }

    private static void Compare(int layer, (string Name, byte[] File)[] inputs)
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < inputs.Length; i++)
            File.WriteAllBytes(folder.File($"{i}.in"), inputs[i].File);
        var numbers = Enumerable.Range(0, inputs.Length).ToArray();
        var from = numbers.Select(i => $"-f mp3 -c:a mp{layer}float -i {folder.File($"{i}.in")}");
        var to = numbers.Select(i => $"-map {i} -f f32le -c:a pcm_f32le {folder.File($"{i}.f32")}");
        Output($"-v error {string.Join(' ', from)} {string.Join(' ', to)}");
        var worst = 0f;
        foreach (var i in numbers)
        {
            var reference = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File($"{i}.f32"))).ToArray();
            var wave = AudioFile.Read(inputs[i].File, Options);
            Assert.False(wave.Damage.IsAny, $"{inputs[i].Name}: {wave.Damage}");
            Assert.True(reference.Length == wave.SampleCount * wave.ChannelCount,
                $"{inputs[i].Name}: {reference.Length} of ffmpeg, {wave.SampleCount} in each of {wave.ChannelCount} channels");
            Assert.Contains(reference, sample => sample != 0);
            for (var at = 0; at < reference.Length; at++)
            {
                var error = Math.Abs(reference[at] - wave.Channel(at % wave.ChannelCount)[at / wave.ChannelCount]);
                worst = Math.Max(worst, error);
                Assert.True(error < 1e-5 * Math.Max(1, Math.Abs(reference[at])),
                    $"{inputs[i].Name}, sample {at}: {error} from {reference[at]}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{inputs.Length} files, worst sample {worst}"));
    }

    private static string Output(string arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(Program!, "-nostdin -y " + arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = run.StandardError.ReadToEndAsync();
        var output = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        Assert.True(run.ExitCode == 0, errors.Result);
        return output;
    }
}
