using System.Buffers.Binary;
using System.Text;
using SkiaSharp;
using SongMood.Audio;
using SongMood.Cli.Spectrogram;
using SongMood.Dsp;

namespace SongMood.Tests.Cli;

public sealed class SpectrogramCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _song;

    public SpectrogramCommandTests() => _song = _folder.Write("tone.wav", ToneFiles.Wav(1000, 3));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Npy_has_the_decibels_as_bands_by_frames()
    {
        var path = _folder.File("out.npy");
        var run = await Tool.RunAsync("spectrogram", _song, "-o", path);
        Assert.Equal((0, ""), (run.ExitCode, run.Out));
        var (shape, values) = ReadNpy(path);
        var mel = new MelSpectrogram(new MelSpectrogramOptions());
        var samples = AudioFile.Read(_song).Channel(0);
        var expected = new float[mel.BandCount * mel.FrameCount(samples.Length)];
        mel.Compute(samples, expected);
        Decibels.FromPower(expected, expected);
        Assert.Equal($"({mel.BandCount}, {mel.FrameCount(samples.Length)})", shape);
        Assert.Equal(expected, values);
    }

    [Fact]
    public async Task Options_change_the_shape()
    {
        var path = _folder.File("out.npy");
        Assert.Equal(0,
            (await Tool.RunAsync("spectrogram", _song, "-o", path, "--bands", "40", "--fft", "1024", "--hop", "400", "--rate",
            "16000")).ExitCode);
        Assert.Equal("(40, 121)", ReadNpy(path).Shape); // 48000 / 400, and the frame at the end
    }

    /// <summary>The axis is drawn by a formula of its own: where it puts a tone must be where the spectrogram has it.</summary>
    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(4321)]
    [InlineData(9000)]
    public void The_frequency_axis_points_at_the_loudest_band(double hz)
    {
        var options = new MelSpectrogramOptions { FftLength = 8192, BandCount = 64 };
        var mel = new MelSpectrogram(options);
        var samples = AudioFile.Read(ToneFiles.Wav(hz, 2)).Channel(0);
        var frameCount = mel.FrameCount(samples.Length);
        var power = new float[mel.BandCount * frameCount];
        mel.Compute(samples, power);
        var loudest = Enumerable.Range(0, mel.BandCount).MaxBy(band => power[band * frameCount + frameCount / 2]);
        Assert.InRange(MelPicture.HeightOf(hz, options), loudest - 0.05, loudest + 1.05);
    }

    [Fact]
    public async Task The_picture_is_bright_where_the_tone_is_and_dark_elsewhere()
    {
        var path = _folder.File("out.PNG");
        var run = await Tool.RunAsync("spectrogram", _song, "-o", path);
        Assert.True(run.ExitCode == 0, run.Error);
        using var picture = SKBitmap.Decode(path);
        Assert.Equal((1200, 500), (picture.Width, picture.Height));
        // Downwards, left of the title: the brightest row is where the axis has 1000 Hz.
        var brightness = Enumerable.Range(0, picture.Height).Select(y => Brightness(picture.GetPixel(picture.Width / 4, y))).ToArray();
        var top = Array.FindIndex(brightness, value => value < 300);
        var bottom = Enumerable.Range(top, picture.Height - top).First(y => brightness[y] > 740) - 1; // white: no colour of the map
        Assert.InRange(bottom - top, 350, 450);
        var brightest = Enumerable.Range(top + 3, bottom - top - 6).MaxBy(y => brightness[y]);
        var options = new MelSpectrogramOptions();
        Assert.Equal(MelPicture.HeightOf(1000, options) / options.BandCount, (double)(bottom - brightest) / (bottom - top), 0.02);
        Assert.True(brightness[top + 20] < 300); // far from the tone: noise
    }

    [Fact]
    public void A_song_of_hours_is_drawn_too()
    {
        const int Frames = 300_000;
        var options = new MelSpectrogramOptions { BandCount = 4 };
        using var picture = SKBitmap.Decode(MelPicture.Draw("long", new float[4 * Frames], Frames, options));
        Assert.Equal(1200, picture.Width);
    }

    [Fact]
    public async Task Bad_input_is_refused_and_an_existing_file_stays()
    {
        var path = _folder.Write("out.png", "precious");
        (await Tool.RunAsync("spectrogram", _folder.Write("a.mp3", "Dear friend, this is no music."), "-o", path)).AssertFailed("a.mp3");
        (await Tool.RunAsync("spectrogram", _folder.File("none.mp3"), "-o", path)).AssertFailed("none.mp3");
        (await Tool.RunAsync("spectrogram", _song, "-o", path, "--bands", "0", "--hop", "-1"))
            .AssertFailed("--bands is 0; expected a whole number from 1 to 65536.", "--hop is -1; expected a whole number, 1 or more.");
        (await Tool.RunAsync("spectrogram", _song, "-o", path, "--bands", "65537", "--fft", "1048577", "--rate", "768001"))
            .AssertFailed("--bands is 65537; expected a whole number from 1 to 65536.",
                "--fft is 1048577; expected a whole number from 2 to 1048576.",
                "--rate is 768001; expected a whole number from 1000 to 768000.");
        (await Tool.RunAsync("spectrogram", _song, "-o", path, "--hop", "3", "--fft", "8192"))
            .AssertFailed("--hop is 3; expected 4 or more where --fft is 8192.");
        Assert.Equal("precious", File.ReadAllText(path));
        (await Tool.RunAsync("spectrogram", _song, "-o", _folder.File("out.jpg"))).AssertFailed("ends with '.jpg'; expected .png or .npy");
        (await Tool.RunAsync("spectrogram", _song, "-o", _folder.File("out"))).AssertFailed("expected .png or .npy");
        (await Tool.RunAsync("spectrogram", _song)).AssertFailed("--out");
    }

    [Fact]
    public async Task One_sample_makes_a_picture()
    {
        var path = _folder.File("out.png");
        var run =
            await Tool.RunAsync("spectrogram", _folder.Write("one.wav", ToneFiles.Wav(1000, 1.01 / ToneFiles.SampleRate)), "-o", path);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(path));
    }

    private static int Brightness(SKColor colour) => colour.Red + colour.Green + colour.Blue;

    private static (string Shape, float[] Values) ReadNpy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], bytes[..8]);
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Assert.Equal(0, start % 64);
        var header = Encoding.ASCII.GetString(bytes, 10, start - 10);
        Assert.StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (", header);
        Assert.EndsWith(" \n", header);
        var values = new float[(bytes.Length - start) / 4];
        Buffer.BlockCopy(bytes, start, values, 0, 4 * values.Length);
        return (header[header.IndexOf("'shape': ", StringComparison.Ordinal)..].Split("'shape': ")[1].Split(", }")[0], values);
    }
}
