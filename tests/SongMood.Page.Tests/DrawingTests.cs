using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MoodPage.Drawing;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Prediction;

namespace SongMood.Page.Tests;

/// <summary>Pictures.</summary>
public sealed class DrawingTests
{
    [Fact]
    public void A_png_holds_the_pixels_and_colours_that_were_given()
    {
        byte[] pixels = [.. Enumerable.Range(0, 7 * 5).Select(i => (byte)(i * 37))];
        var png = Png.Encode(pixels, width: 7, HeatColors.Palette);
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], png[..8]);
        var chunks = Chunks(png);
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal([0, 0, 0, 7, 0, 0, 0, 5, 8, 3, 0, 0, 0], chunks["IHDR"]);
        Assert.Equal(HeatColors.Palette, chunks["PLTE"]);
        using var rows = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        var all = new MemoryStream();
        rows.CopyTo(all);
        Assert.Equal(pixels.Chunk(7).SelectMany(row => row.Prepend((byte)0)), all.ToArray());
    }

    [Fact]
    public void Colours_grow_lighter_with_the_level()
    {
        var luminances = HeatColors.Palette.Chunk(3).Select(color => 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]).ToArray();
        Assert.Equal(256, luminances.Length);
        Assert.All(luminances.Zip(luminances.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
    }

    [Theory]
    [InlineData(2048 + 40 * 512, 6000)]
    [InlineData(2048 + 40 * 512 + 100, 1)] // a last frame with zeros in it
    [InlineData(700, 700)] // less than a frame
    [InlineData(2048 + 3000 * 512, 30_000)] // several frames a column
    public void The_spectrogram_of_pieces_is_that_of_the_whole(int sampleCount, int pieceLength)
    {
        var random = new Random(5);
        var samples = new float[sampleCount];
        for (var n = 0; n < samples.Length; n++)
            samples[n] = (float)(0.3 * Math.Sin(n * (0.02 + 1e-7 * n)) + 0.01 * random.NextDouble());
        var pieces = pieceLength == 1 ? [samples[..1], samples[1..2], samples[2..]] : samples.Chunk(pieceLength);
        Assert.Equal(Slow(samples), SpectrogramPicture.Draw(pieces));
    }

    [Fact]
    public void Places_over_time_are_shares_of_the_song()
    {
        var layout = new ScoreLayout(Timeline(seconds: 40, (0, 10, 0.75f), (20, 30, 0.25f)));
        Assert.Equal("25%", layout.X(TimeSpan.FromSeconds(10)));
        Assert.Equal([0, 5, 10, 15, 20, 25, 30, 35], layout.Ticks().Select(tick => tick.TotalSeconds));
        Assert.Equal(
            [
                ("low", "M0,100 125,100 625,100 1000,100 L1000,75 625,75 125,25 0,25Z"),
                ("high", "M0,25 125,25 625,75 1000,75 L1000,0 625,0 125,0 0,0Z"),
            ],
            layout.Areas());
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(200, 7)]
    [InlineData(3600 * 20, 20)]
    public void There_are_a_few_ticks_for_any_length(double seconds, int count) =>
        Assert.Equal(count, new ScoreLayout(Timeline(seconds, (0, seconds, 1))).Ticks().Count());

    private static MoodTimeline Timeline(double seconds, params (double Start, double End, float Low)[] windows)
    {
        static Dictionary<string, float> Scores(float low) => new() { ["low"] = low, ["high"] = 1 - low };
        var song = new MoodPrediction("low", Scores(1)) { Duration = TimeSpan.FromSeconds(seconds) };
        return new MoodTimeline(song, [.. windows.Select(window => new MoodSpan(
            TimeSpan.FromSeconds(window.Start), TimeSpan.FromSeconds(window.End), "low", Scores(window.Low)))], []);
    }

    /// <summary>All samples at once, column by column.</summary>
    private static byte[] Slow(float[] samples)
    {
        var options = SpectrogramPicture.Options;
        var frameCount = Math.Max(1, (int)Math.Ceiling((samples.Length - options.FftLength) / (double)options.HopLength) + 1);
        var padded = new float[options.FftLength + (frameCount - 1) * options.HopLength];
        samples.CopyTo(padded, 0);
        var powers = new float[options.BandCount * frameCount];
        new MelSpectrogram(options).Compute(padded, powers);
        var width = Math.Min(frameCount, SpectrogramPicture.MostColumns);
        var picture = new float[options.BandCount * width];
        for (var column = 0; column < width; column++)
        {
            var (first, end) = ((int)((long)column * frameCount / width), (int)((column + 1L) * frameCount / width));
            for (var band = 0; band < options.BandCount; band++)
                for (var frame = first; frame < end; frame++)
                    picture[(options.BandCount - 1 - band) * width + column] += powers[band * frameCount + frame] / (end - first);
        }
        var loudest = picture.Max();
        return Png.Encode([.. picture.Select(power => (byte)Math.Round(255 * Math.Clamp(1 + 10 * Math.Log10(power / loudest) / 75, 0, 1)))],
            width, HeatColors.Palette);
    }

    /// <summary>The chunks by their types; each one's checksum is that of type and data.</summary>
    private static OrderedDictionary<string, byte[]> Chunks(byte[] png)
    {
        var chunks = new OrderedDictionary<string, byte[]>();
        for (var place = 8; place < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(place));
            chunks.Add(Encoding.ASCII.GetString(png, place + 4, 4), png[(place + 8)..(place + 8 + length)]);
            var crc = 0xFFFFFFFF;
            foreach (var value in png[(place + 4)..(place + 8 + length)])
                for (var bit = 0; bit < 8; bit++)
                    crc = ((crc ^ (uint)(value >> bit)) & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            Assert.Equal(~crc, BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(place + 8 + length)));
            place += 12 + length;
        }
        return chunks;
    }
}
