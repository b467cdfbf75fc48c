using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Catalogue;
using SongMood.Similarity;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Catalogue;

[Collection(nameof(Torch))]
public sealed class MergeTests(TrainedTones tones) : IDisposable
{
    private readonly Catalogues _songs = new();

    public void Dispose() => _songs.Dispose();

    private string Model => tones.Model;

    /// <summary>Each shard, and the run over all songs, by another number of threads.</summary>
    [Theory]
    [InlineData("predict", ".parquet")]
    [InlineData("predict", ".parquet", "--embedding", "--descriptors")]
    [InlineData("predict", ".parquet", "--features", "false")]
    [InlineData("predict", ".jsonl", "--features", "--embedding")]
    [InlineData("predict", ".csv")]
    [InlineData("index", ".index")]
    public async Task Merged_shards_are_byte_for_byte_what_one_run_writes(string command, string suffix, params string[] more)
    {
        string[] asked = [command, _songs.Music, "--model", Model, .. more];
        string[] format = suffix is ".jsonl" ? ["--format", "json"] : suffix is ".csv" ? ["--format", "csv"] : [];
        var (whole, merged) = (_songs.File("whole" + suffix), _songs.File("merged" + suffix));
        await Catalogues.DoneAsync([.. asked, .. format, "--out", whole, "--threads", "1"]);
        await Catalogues.ShardsAsync(3, [.. asked, "--out", merged, "--threads", "2"]);
        var said = await Catalogues.DoneAsync("merge", merged);
        Assert.Contains($"Wrote {merged}: {Catalogues.SongCount} songs of 3 shards.", said);
        Assert.Contains("letter.mp3: this is text, not audio", said);
        Assert.Contains($"1 of {Catalogues.SongCount} could not be read", said);
        Assert.Equal(await ContentAsync(whole), await ContentAsync(merged));
        Assert.False(File.Exists(whole + ".journal"));
        Assert.Equal(3, Directory.GetFiles(merged + ".shards").Length);
    }

    /// <summary>
    /// Byte by byte, but for the formats that an error tells: JSON and CSV of one run are written by this process, to which none were
    /// added, all else by processes of the tool.
    /// </summary>
    private static async Task<string> ContentAsync(string path) => Regex.Replace(
        await File.ReadAllTextAsync(path, Encoding.Latin1, TestContext.Current.CancellationToken),
        "MP3, WAV, FLAC( and|,) AIFF[^;:]*? are read", "all are read");

    [Theory]
    [InlineData(".parquet", "--descriptors")]
    [InlineData(".parquet", "--both")]
    [InlineData(".csv", "--descriptors")]
    [InlineData(".csv", "--embedding")]
    public async Task Merged_features_are_byte_for_byte_what_one_run_writes(string suffix, string inputs)
    {
        string[] asked = ["extract", "--data", tones.Labels, inputs, "--seconds", "1"];
        var (whole, merged) = (_songs.File("whole" + suffix), _songs.File("merged" + suffix));
        Assert.Equal(0, (await Tool.RunAsync([.. asked, "--out", whole])).ExitCode);
        await Catalogues.ShardsAsync(3, [.. asked, "--out", merged]);
        Assert.Equal(0, (await Tool.RunAsync("merge", merged)).ExitCode);
        Assert.Equal(await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(merged, TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(whole + ".shards"));
    }

    [Theory]
    [InlineData("--descriptors")]
    [InlineData("--both")]
    public async Task A_merged_feature_file_is_the_one_that_extract_writes(string inputs)
    {
        string[] asked = ["extract", "--data", tones.Labels, inputs, "--seconds", "1"];
        var (whole, merged) = (_songs.File("whole.idv"), _songs.File("merged.idv"));
        Assert.Equal(0, (await Tool.RunAsync([.. asked, "--out", whole])).ExitCode);
        await Catalogues.ShardsAsync(3, [.. asked, "--out", merged]);
        Assert.Equal(0, (await Tool.RunAsync("merge", merged)).ExitCode);
        Assert.Equal(Values(whole), Values(merged)); // the bytes vary, as ML.NET's writer has threads of its own
        Assert.True(Values(whole).Distinct().Count() > 1);
        Assert.Contains("is up to date", (await Tool.RunAsync([.. asked, "--out", merged])).Error);
    }

    /// <summary>A list in no order keeps it; its songs are the same, whether it is text, m3u or Parquet.</summary>
    [Fact]
    public async Task Lists_are_read_from_text_m3u_and_Parquet()
    {
        var songs = Directory.GetFiles(_songs.Music, "*.wav", SearchOption.AllDirectories).OrderBy(path => path[^6..]).Reverse().ToArray();
        Assert.Equal(Catalogues.SongCount - 1, songs.Length);
        var text = _songs.Folder.Write("list.txt", "\uFEFF" + string.Join("\r\n", songs) + "\r\n \t\r\n\r\n");
        var m3u = _songs.Folder.Write("list.m3u8",
            "#EXTM3U\n" + string.Concat(songs.Select(song => $"#EXTINF:1,x\n{Path.GetRelativePath(_songs.Folder.Path, song)}\n")));
        Assert.Equal(songs, SongList.Read(text));
        Assert.Equal(songs, SongList.Read(m3u));

        var whole = _songs.File("whole.parquet");
        var run = await Tool.RunAsync("predict", "--list", text, "--model", Model, "--out", whole);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(songs, SongList.Read(whole));
        await Catalogues.ShardsAsync(3, "predict", "--list", whole, "--model", Model, "--out", _songs.File("merged.parquet"));
        Assert.Equal(0, (await Tool.RunAsync("merge", _songs.File("merged.parquet"))).ExitCode);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(_songs.File("merged.parquet")));

        Assert.Contains("There is no list", Assert.Throws<FileNotFoundException>(() => SongList.Read("none.txt")).Message);
        var torn = _songs.Folder.Write("torn.parquet", File.ReadAllBytes(whole)[..2000]);
        Assert.Contains("torn.parquet is no Parquet file", Assert.Throws<CatalogueException>(() => SongList.Read(torn).Count()).Message);
        (await Tool.RunAsync("predict", "--model", Model)).AssertFailed("Required argument missing");
    }

    [Fact]
    public async Task Shards_that_make_no_whole_are_refused_with_what_is_missing()
    {
        var merged = _songs.File("moods.parquet");
        string[] asked = ["predict", _songs.Music, "--model", Model, "--out", merged];
        (await Tool.RunAsync("merge", merged)).AssertFailed("There are no shards of", "moods.parquet.shards");
        await Catalogues.ShardsAsync(4, asked);
        string Shard(int number) => Path.Combine(merged + ".shards", $"{number}-of-4.parquet");

        var third = File.ReadAllBytes(Shard(3));
        File.Delete(Shard(3));
        File.WriteAllText(Shard(3) + ".journal", "{}\n{}\n{}\n");
        (await Tool.RunAsync("merge", merged)).AssertFailed("1 of 4 shards of", "are missing: 3/4 (2 songs done)", "--shard 3/4");
        File.Delete(Shard(3) + ".journal");

        File.WriteAllBytes(Shard(3), third[..(third.Length / 2)]);
        (await Tool.RunAsync("merge", merged)).AssertFailed("3-of-4.parquet is no Parquet file that SongMood wrote, or it is damaged");
        File.Copy(Shard(1), Shard(3), overwrite: true);
        (await Tool.RunAsync("merge", merged)).AssertFailed("3-of-4.parquet holds shard 1/4", "copied or renamed", "--shard 3/4");
        File.Delete(Shard(3));
        if (!OperatingSystem.IsWindows()) // where making links is a privilege
        {
            File.CreateSymbolicLink(Shard(3), _songs.File("none.parquet"));
            (await Tool.RunAsync("merge", merged)).AssertFailed("1 of 4 shards of", "are missing: 3/4");
            File.Delete(Shard(3));
        }
        await Tool.RunAsync([.. asked, "--shard", "3/4", "--unsure-below", "0.9"]);
        (await Tool.RunAsync("merge", merged)).AssertFailed("3-of-4.parquet was made in another way than");

        _songs.Folder.Write("music/new.wav", ToneFiles.Wav(300));
        await Tool.RunAsync([.. asked, "--shard", "3/4"]);
        (await Tool.RunAsync("merge", merged)).AssertFailed("is of another list of songs than", $"{Catalogues.SongCount + 1} songs");
        Assert.False(File.Exists(merged));

        // The song comes into its shard, and all others are taken from what is there.
        var newSongs = 0;
        foreach (var number in new[] { 1, 2, 4 })
        {
            var said = (await Tool.RunAsync([.. asked, "--shard", $"{number}/4"])).Error;
            var counts = Regex.Match(said, @": (\d+) songs?, (\d+) done before");
            newSongs += int.Parse(counts.Groups[1].Value) - int.Parse(counts.Groups[2].Value);
        }
        Assert.Equal(new Shard(3, 4).Holds(Path.Combine(_songs.Music, "new.wav")) ? 0 : 1, newSongs);
        await Catalogues.DoneAsync("merge", merged);
        await Catalogues.DoneAsync(["predict", _songs.Music, "--model", Model, "--out", _songs.File("whole.parquet")]);
        Assert.Equal(File.ReadAllBytes(_songs.File("whole.parquet")), File.ReadAllBytes(merged));
    }

    [Fact]
    public async Task An_index_of_shards_finds_what_one_of_all_songs_finds()
    {
        var merged = _songs.File("songs.index");
        await Catalogues.ShardsAsync(2, "index", _songs.Music, "--model", Model, "--out", merged);
        await Catalogues.DoneAsync("merge", merged);
        Assert.Equal(Catalogues.SongCount - 1, SongIndex.Load(merged).Songs.Count);
    }

    [Fact]
    public async Task Wrong_use_is_explained()
    {
        string[] predict = ["predict", _songs.Music, "--model", Model];
        (await Tool.RunAsync([.. predict, "--shard", "1/2"])).AssertFailed("name the file that is to be (--out)");
        (await Tool.RunAsync([.. predict, "--format", "parquet"])).AssertFailed("--format parquet is for files");
        (await Tool.RunAsync([.. predict, "--descriptors"])).AssertFailed("--descriptors are a thousand numbers");
        string[] written = [.. predict, "--out", _songs.File("m.parquet")];
        (await Tool.RunAsync([.. written, "--format", "csv"])).AssertFailed("--format is csv, but the name");
        (await Tool.RunAsync([.. written, "--timeline"])).AssertFailed("Shards and Parquet files have no place for --timeline");
        (await Tool.RunAsync([.. written, "--shard", "3"])).AssertFailed("--shard is 3; expected a part from 1");
        (await Tool.RunAsync([.. written, "--shard", "1/2", "--shards", "2"])).AssertFailed("leave --shards out");
        (await Tool.RunAsync([.. written, "--shards", "2"])).AssertFailed("no scheduler says which of them this is");
        (await Tool.RunAsync([.. written, "--shards", "100001"])).AssertFailed("--shards is 100001; expected a whole number from 1 to");
        (await Tool.RunAsync("merge", written[^1], "--shards", "100001")).AssertFailed("--shards is 100001; expected a whole number");
        (await Tool.RunAsync("merge", written[^1], "--shards", "x")).AssertFailed("--shards is x; expected a whole number from 1 to");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("shardCount", () => CatalogueMerge.OpenAsync(written[^1], 0));
        (await Tool.RunAsync([.. predict, "--out", _songs.File("m.txt"), "--shard", "1/2"])).AssertFailed("ends with '.txt'");
        (await Tool.RunAsync("predict", _songs.Music, "--model", _songs.File("none.zip"), "--out", _songs.File("m.parquet")))
            .AssertFailed("A process to listen in could not begin", "There is no model file");
        var list = _songs.Folder.Write("list.csv", _songs.File("music/0/00.wav"));
        (await Tool.RunAsync("predict", "--list", list, "--model", Model, "--format", "csv", "--out", list))
            .AssertFailed("list.csv is what is read here, and would be lost");
        (await Tool.RunAsync("index", "--list", list, "--model", Model, "--out", list)).AssertFailed("list.csv is what is read here");
        _songs.Folder.Write("m.parquet", "These are my notes.");
        (await Tool.RunAsync(written)).AssertFailed("m.parquet is no Parquet file that SongMood wrote");
        Assert.Equal("These are my notes.", File.ReadAllText(_songs.File("m.parquet")));
        (await Tool.RunAsync("extract", "--data", tones.Labels, "--mel", "--out", _songs.File("f.csv")))
            .AssertFailed("A CSV has no columns for a mel spectrogram");
        (await Tool.RunAsync("extract", "--data", tones.Labels, "--format", "csv", "--out", _songs.File("f.parquet")))
            .AssertFailed("--format is csv, but the name");
    }

    private static IEnumerable<string> Values(string path)
    {
        var view = new MLContext().Data.LoadFromBinary(path);
        using (view as IDisposable)
            return [.. view.Preview(maxRows: 1000).RowView.Select(row => string.Join(';', row.Values.Select(value =>
                $"{value.Key}={(value.Value is VBuffer<float> vector ? string.Join(',', vector.DenseValues()) : value.Value)}")))];
    }
}
