using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Transforms;

namespace SongMood.Tests.Cli;

/// <summary>Songs beyond a limit: the message names what whoever reads it can do, where they are.</summary>
public sealed class LongSongAdviceTests : IDisposable
{
    private const int Rate = 1000, Seconds = 3700; // more than the hour that is read at once

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_learns_is_told_to_take_a_part_of_each()
    {
        var labels = _folder.Write("labels.csv", $"path,mood\n{Song()},low\n{_folder.Write("a.wav", ToneFiles.Wav(300))},high\n");
        var said = await Tool.RunAsync("extract", "--data", labels, "-o", _folder.File("out.idv"), "--descriptors");
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("the audio lasts 01:01:40, the limit is 01:00:00; learn from a part of each song, with "
            + "MoodLearningOptions.Seconds ('songmood ... --seconds').", said.Error);
    }

    /// <summary>What predicts has no --seconds.</summary>
    [Fact]
    public async Task Who_asks_for_descriptors_beside_moods_is_told_to_leave_them_out()
    {
        var said = await Tool.RunAsync("predict", Song(), "--out", _folder.File("out.parquet"), "--descriptors");
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("the audio lasts 01:01:40, the limit is 01:00:00; leave the descriptors out (CatalogueOptions.WithDescriptors, "
            + "--descriptors), or take a part of it, such as 'ffmpeg -i SONG -t 600 PART.wav' makes", said.Error);
    }

    [Fact]
    public void A_pipeline_is_told_its_own_option()
    {
        var context = new MLContext();
        var rows = context.Data.LoadFromEnumerable([new { Path = Song() }]);
        var loaded = context.Transforms.LoadAudio("Audio", "Path").Fit(rows).Transform(rows);
        var error = Assert.ThrowsAny<Exception>(() => loaded.GetColumn<float[]>("Audio").Count());
        Assert.Contains("load a part of it, with LoadAudioOptions.DurationSeconds", error.ToString());
    }

    /// <summary>The part that is asked for is cut from the whole file, which is in memory then.</summary>
    [Fact]
    public async Task No_option_that_takes_a_part_is_named_where_the_file_is_too_large()
    {
        const string Part = "; take a part of it, such as 'ffmpeg -i SONG -t 600 PART.wav' makes";
        var context = new MLContext();
        var rows = context.Data.LoadFromEnumerable([new { Path = WithHole("column.wav", 512L << 20) }]);
        var loaded = context.Transforms.LoadAudio("Audio", "Path", new LoadAudioOptions { DurationSeconds = 1 }).Fit(rows).Transform(rows);
        var error = Assert.ThrowsAny<Exception>(() => loaded.GetColumn<float[]>("Audio").Count());
        Assert.Contains("the limit is 536870912" + Part, error.ToString());

        var labels = _folder.Write("labels.csv",
            $"path,mood\n{WithHole("song.wav", int.MaxValue)},low\n{_folder.Write("a.wav", ToneFiles.Wav(300))},high\n");
        var said = await Tool.RunAsync("extract", "--data", labels, "-o", _folder.File("out.idv"), "--descriptors", "--seconds", "1");
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("the limit is 2147483647" + Part, said.Error);
    }

    /// <summary>It is predicted in pieces, which is no help for its tags.</summary>
    [Fact]
    public async Task A_file_that_is_too_large_for_new_tags_is_told_so()
    {
        var said = await Tool.RunAsync("tag", WithHole("song.wav", int.MaxValue));
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("the limit is 2147483647; tags of larger files cannot be written here", said.Error + said.Out);
    }

    [Fact]
    public async Task What_ffmpeg_reads_is_heard_up_to_the_limit_of_predictions()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what stands for ffmpeg is a shell script");
        var path = FakeFfmpeg.Write(_folder, $"exec cat '{Song()}'");
        var song = _folder.Write("song.m4a", FakeFfmpeg.Mp4);
        var refused = await ToolProcess.RunAsync(ToolProcess.Assembly, ["predict", song, "--max-hours", "1.0001"], ("PATH", path));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("the audio lasts 01:01:40 or more, the limit is 01:00:00.3600000; raise MoodPredictorOptions.MaximumDuration "
            + "('songmood predict --max-hours'), or take a part of it", refused.Out + refused.Error);
        var heard = await ToolProcess.RunAsync(ToolProcess.Assembly, ["predict", song], ("PATH", path));
        Assert.True(heard.ExitCode == 0, heard.Error);
    }

    [Fact]
    public async Task A_stream_that_is_too_large_to_be_kept_is_better_a_file()
    {
        using var predictor = MoodPredictor.LoadPretrained();
        var error = await Assert.ThrowsAsync<AudioFormatException>(
            () => predictor.PredictAsync(new Endless(), TestContext.Current.CancellationToken));
        Assert.Contains("the limit is 536870912; save it in a file and give the file's path", error.Message);
    }

    /// <summary>A second of sound in a file of more bytes than are taken into memory, which has few of them on the disk.</summary>
    private string WithHole(string name, long most)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems give the file's bytes room on the disk");
        var path = _folder.Write(name, ToneFiles.Wav(300));
        using var file = File.OpenWrite(path);
        file.SetLength(most + 1);
        return path;
    }

    private string Song() => _folder.Write("song.wav", Wav16.Of(Seconds * Rate, Rate, n => (short)(n % 50 * 100)));

    /// <summary>It gives no bytes that would have to be made, and so is fast.</summary>
    private sealed class Endless : ReadOnlyStream
    {
        public override int Read(byte[] buffer, int offset, int count) => count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
