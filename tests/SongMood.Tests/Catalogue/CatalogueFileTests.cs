using System.Diagnostics;
using System.Text.Json;
using SongMood.Catalogue;
using SongMood.Prediction;

namespace SongMood.Tests.Catalogue;

public sealed class CatalogueFileTests : IDisposable
{
    private static readonly CatalogueRecipe Recipe = new()
    {
        Content = CatalogueContent.Predictions,
        SongMood = "1.2.3",
        Model = "abc",
        Moods = ["calm", "happy, or so"],
        WithEmbedding = true,
        WithDescriptors = true,
        DescriptorNames = ["a", "b"],
    };

    private static readonly ListDigest List = new(5000, "hash");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>More rows than a group of a shard has, each value null in some rows, lists empty in some.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_come_back_as_they_were_written(bool ofShard)
    {
        CatalogueRow[] rows = [.. Enumerable.Range(0, 5000).Select(i => RowOf(i, ofShard ? 3 * i : i))];
        var path = _folder.File("rows.parquet");
        var shard = ofShard ? new Shard(2, 3) : default(Shard?);
        await WriteAsync(path, rows, shard);
        await using var file = await CatalogueFile.OpenAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal((CatalogueJson.Write(Recipe), List, shard), (CatalogueJson.Write(file.Recipe), file.List, file.Shard));
        var read = await file.RowsAsync(TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(rows.Select(CatalogueJson.Write), read.Select(CatalogueJson.Write));
        foreach (var property in typeof(CatalogueRow).GetProperties().Where(property => property.CanWrite
            && property.Name is not ("Group" or "Mel")))
        {
            var values = read.Select(row => property.GetValue(row)).ToArray();
            Assert.True(values.Distinct().Count() > 1, property.Name); // each column is there
            if (property.Name is not ("Position" or "Path" or "FileState"))
                Assert.Contains(null, values);
        }
    }

    [Fact]
    public async Task The_same_rows_make_the_same_bytes()
    {
        CatalogueRow[] rows = [.. Enumerable.Range(0, 2000).Select(i => RowOf(i, i))];
        await WriteAsync(_folder.File("a.parquet"), rows, null);
        await WriteAsync(_folder.File("b.parquet"), rows, null);
        Assert.Equal(File.ReadAllBytes(_folder.File("a.parquet")), File.ReadAllBytes(_folder.File("b.parquet")));
    }

    /// <summary>A disk or a network that alters a byte: numbers of the group would be others, and nothing would say so.</summary>
    [Fact]
    public async Task A_byte_that_has_changed_is_noticed()
    {
        var path = _folder.File("rows.parquet");
        await WriteAsync(path, [.. Enumerable.Range(0, 3000).Select(i => RowOf(i, i))], new Shard(1, 2));
        var bytes = File.ReadAllBytes(path);
        var ofRows = bytes.Length - 8 - BitConverter.ToInt32(bytes, bytes.Length - 8); // the footer and its length stand at the end
        Assert.True(ofRows > bytes.Length / 2);
        for (var place = 4; place < ofRows; place += ofRows / 50)
        {
            var changed = (byte[])bytes.Clone();
            changed[place] ^= 0x10;
            await using var file = await CatalogueFile.OpenAsync(
                _folder.Write("changed.parquet", changed), TestContext.Current.CancellationToken);
            var error = await Assert.ThrowsAsync<CatalogueException>(async () =>
                await file.RowsAsync(TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
            Assert.Contains("changed.parquet is no Parquet file that SongMood wrote, or it is damaged (bytes", error.Message);
        }
    }

    /// <summary>Another implementation of the format.</summary>
    [Fact]
    public async Task DuckDB_reads_what_is_written()
    {
        CatalogueRow[] rows = [.. Enumerable.Range(0, 5000).Select(i => RowOf(i, i))];
        var path = _folder.File("rows.parquet");
        await WriteAsync(path, rows, null);
        var read = DuckDb.Query($"""
            SELECT path, file_bytes, epoch_us(file_modified), mood, score_calm, "score_happy, or so", valence, unsure, tempo_bpm, key,
                mode, array_to_string(remarks, '|'), list_sum(embedding), embedding IS NULL, array_to_string(descriptors, '|'), error,
                model, songmood
            FROM '{path}'
            """);
        Assert.Equal(rows.Length, read.Count);
        foreach (var (row, found) in rows.Zip(read))
        {
            Assert.Equal([row.Path, row.FileBytes, row.FileModified is { } time ? (time - DateTime.UnixEpoch).Ticks / 10 : null, row.Mood,
                row.Scores?[0], row.Scores?[1], null, row.IsUnsure, row.Features?.TempoBpm, row.Features?.Key,
                row.Features is null ? null : row.Features.Mode == MusicMode.Major ? "major" : "minor",
                row.Remarks is null ? null : string.Join('|', row.Remarks)], found[..12]);
            Assert.Equal(row.Embedding is null, found[13]);
            if (row.Embedding is { Length: > 0 })
                Assert.Equal(row.Embedding.Sum(value => (double)value), Convert.ToDouble(found[12]), 1e-5);
            Assert.Equal([row.Error, "abc", "1.2.3"], found[15..]);
        }
        Assert.Contains(rows, row => row.FileModified is { } time && time.Ticks % 10 != 0); // finer than a microsecond
        Assert.Equal(8, Convert.ToInt32(DuckDb.Query($"SELECT max(len(embedding::FLOAT[8]::FLOAT[])) FROM '{path}'")[0][0]));
    }

    /// <summary>Where python3 has pandas and what it reads Parquet by (pyarrow or fastparquet).</summary>
    [Fact]
    public async Task Pandas_reads_what_is_written()
    {
        const string script = """
            import json, sys
            import pandas
            table = pandas.read_parquet(sys.argv[1])
            cell = lambda value: None if value is None or value is pandas.NaT or value != value else value
            print(json.dumps([[row.path, cell(row.mood), cell(row.score_calm), cell(row.error), row.songmood,
                None if row.embedding is None else [float(number) for number in row.embedding]] for row in table.itertuples()]))
            """;
        Assert.SkipUnless(await PythonAsync("import pandas; pandas.io.parquet.get_engine('auto')") is not null,
            "python3 with pandas and pyarrow (or fastparquet) is not installed.");
        CatalogueRow[] rows = [.. Enumerable.Range(0, 5000).Select(i => RowOf(i, i))];
        var path = _folder.File("rows.parquet");
        await WriteAsync(path, rows, null);
        var read = JsonDocument.Parse((await PythonAsync(script, path))!).RootElement;
        Assert.Equal(rows.Length, read.GetArrayLength());
        foreach (var (row, found) in rows.Zip(read.EnumerateArray()))
        {
            Assert.Equal([row.Path, row.Mood, row.Error, "1.2.3"],
                new[] { found[0], found[1], found[3], found[4] }.Select(cell => cell.GetString()));
            Assert.Equal(row.Scores?[0], found[2].ValueKind == JsonValueKind.Null ? null : found[2].GetSingle());
            Assert.Equal(row.Embedding,
                found[5].ValueKind == JsonValueKind.Null ? null : found[5].EnumerateArray().Select(number => number.GetSingle()));
        }
    }

    /// <summary>What a script prints; null where it fails, or there is no python3.</summary>
    private static async Task<string?> PythonAsync(string script, params string[] arguments)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var said = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine(await errors);
            return python.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [Fact]
    public async Task What_is_torn_or_was_written_by_others_is_refused()
    {
        var path = _folder.File("rows.parquet");
        await WriteAsync(path, [.. Enumerable.Range(0, 3000).Select(i => RowOf(i, i))], null);
        var bytes = File.ReadAllBytes(path);
        for (var cut = 0; cut < bytes.Length; cut += bytes.Length / 13)
            await RefusedAsync(bytes[..cut]);
        await RefusedAsync("PAR1, and no more of it"u8.ToArray());
        DuckDb.Query($"COPY (SELECT 1 AS path) TO '{_folder.File("other.parquet")}'");
        await RefusedAsync(File.ReadAllBytes(_folder.File("other.parquet")));

        async Task RefusedAsync(byte[] content)
        {
            var refused = _folder.Write("refused.parquet", content);
            var error = await Assert.ThrowsAsync<CatalogueException>(() => CatalogueFile.OpenAsync(refused));
            Assert.Contains("refused.parquet is no Parquet file that SongMood wrote, or it is damaged", error.Message);
            Assert.ThrowsAny<CatalogueException>(() => SongList.Read(refused).Count(path => path.Length > 0));
            File.Open(refused, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose(); // it is open no more
        }
    }

    /// <summary>Its groups have no digests.</summary>
    [Fact]
    public async Task What_an_earlier_version_wrote_is_said_to_be_that()
    {
        await WriteAsync(_folder.File("rows.parquet"), [RowOf(0, 0)], null);
        var bytes = File.ReadAllBytes(_folder.File("rows.parquet"));
        "x"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("songmood.groups"u8)));
        var earlier = _folder.Write("earlier.parquet", bytes);
        var error = await Assert.ThrowsAsync<CatalogueException>(() => CatalogueFile.OpenAsync(earlier));
        Assert.Equal($"{earlier} was written by an earlier SongMood. Name another file, or remove this one, and it is made anew.",
            error.Message);
    }

    [Fact]
    public void A_journal_keeps_the_last_row_of_a_song_while_its_file_is_as_it_was()
    {
        var song = _folder.Write("song.wav", "abc");
        var path = _folder.File("journal");
        using (var journal = new CatalogueJournal(path, Recipe))
        {
            Assert.Null(journal.Find(new CatalogueSong(song)));
            journal.Add(new CatalogueRow { Path = song, FileState = FileState.Of(song), Error = "no" });
            Assert.True(journal.Find(new CatalogueSong(song))!.Value.HasFailed);
            journal.Add(new CatalogueRow { Path = song, FileState = FileState.Of(song), Mood = "sæd" });
            journal.Add(new CatalogueRow { Path = "none.wav" });
        }
        File.AppendAllText(path, "{\"Path\":\"to");
        using (var journal = new CatalogueJournal(path, Recipe))
        {
            var (place, hasFailed) = journal.Find(new CatalogueSong(song))!.Value;
            Assert.False(hasFailed);
            Assert.Equal("sæd", journal.Read(place).Mood);
            Assert.NotNull(journal.Find(new CatalogueSong("none.wav")));
            Assert.Throws<CatalogueException>(() => new CatalogueJournal(path, Recipe));
            journal.Add(new CatalogueRow { Path = "after the tear" });
        }
        File.SetLastWriteTimeUtc(song, DateTime.UtcNow.AddHours(1));
        using (var journal = new CatalogueJournal(path, Recipe))
        {
            Assert.Null(journal.Find(new CatalogueSong(song)));
            Assert.True(journal.Contains("after the tear"));
        }
        using (var journal = new CatalogueJournal(path, Recipe with { UnsureBelow = 0.5 })) // whose rows would be others
            Assert.False(journal.Contains("after the tear"));
        var notes = _folder.Write("notes", "My notes");
        Assert.Contains("is no journal", Assert.Throws<CatalogueException>(() => new CatalogueJournal(notes, Recipe)).Message);
        Assert.Equal("My notes", File.ReadAllText(notes));
    }

    /// <summary>Such a song is heard; when its file changed, it was not heard again, as nothing was known of the file.</summary>
    [Fact]
    public void A_file_whose_name_is_not_UTF_8_is_known_by_its_state_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no such names");
        var plain = _folder.Write("plain.wav", "abc");
        try
        {
            Shell("cp -p plain.wav $'\\xe9.wav'");
            Assert.Equal(FileState.Of(plain), FileState.Of(_folder.File("\uFFFD.wav")));
            Assert.Equal(3, FileState.Of(plain).Bytes);
            Assert.Equal(default, FileState.Of(_folder.File("none\uFFFD.wav")));
            Shell("mkfifo $'pipe\\xe9.wav'");
            Assert.Equal(default, FileState.Of(_folder.File("pipe\uFFFD.wav")));
        }
        finally
        {
            Shell("rm $'\\xe9.wav' $'pipe\\xe9.wav'"); // which .NET cannot
        }

        void Shell(string command)
        {
            using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = _folder.Path })!;
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
        }
    }

    [Fact]
    public void Options_have_these_defaults_and_name_their_faults()
    {
        Assert.Equal(new CatalogueOptions
        {
            ModelPath = null,
            Shard = null,
            Threads = null,
            WithFeatures = true,
            WithEmbedding = false,
            WithDescriptors = false,
            MaximumDuration = TimeSpan.FromHours(10),
            UnsureBelow = null,
            RetryFailed = false,
            SongTimeLimit = TimeSpan.FromHours(1),
            Logger = null,
        }, new CatalogueOptions());
        var error = Assert.Throws<ArgumentException>(() => new CatalogueRun([], "a.parquet", new CatalogueWorkers { Start = null! },
            new CatalogueOptions
            {
                Threads = 0,
                MaximumDuration = TimeSpan.Zero,
                UnsureBelow = 2,
                Shard = default(Shard),
                SongTimeLimit = TimeSpan.Zero,
            }));
        foreach (var fault in new[]
            { "SongTimeLimit is 00:00:00", "Threads is 0", "MaximumDuration is", "UnsureBelow is 2", "Shard is 0/0" })
            Assert.Contains(fault, error.Message);
    }

    [Fact]
    public async Task What_a_killed_run_left_of_its_writing_is_taken_away()
    {
        _folder.Write($"moods.parquet.{Guid.NewGuid():N}.tmp", "PAR1");
        _folder.Write($"moods.parquet.{Guid.Empty:N}.tmp", "PAR1");
        string[] others = [_folder.Write("moods.parquet.mine.tmp", ""), _folder.Write($"x.parquet.{Guid.NewGuid():N}.tmp", "")];
        await new CatalogueRun([], _folder.File("moods.parquet"), Workers.Deadly).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        AssertOnlyThese([.. others, _folder.File("moods.parquet")]);

        // So with a merge.
        var shard = new CatalogueOptions { Shard = new Shard(1, 1) };
        await new CatalogueRun([], _folder.File("moods.parquet"), Workers.Deadly, shard).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        _folder.Write($"moods.parquet.{Guid.NewGuid():N}.tmp", "PAR1");
        await using (var merge = await CatalogueMerge.OpenAsync(
            _folder.File("moods.parquet"), cancellationToken: TestContext.Current.CancellationToken))
            await merge.WriteAsync(cancellationToken: TestContext.Current.CancellationToken);
        AssertOnlyThese([.. others, _folder.File("moods.parquet")]);

        void AssertOnlyThese(string[] files) =>
            Assert.Equal(files.Order(StringComparer.Ordinal), Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    private static Task WriteAsync(string path, CatalogueRow[] rows, Shard? shard) => CatalogueFile.WriteAsync(
        path, Recipe, List, shard, rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken);

    /// <summary>Different values in each row; whether one is null follows from the row's number.</summary>
    private static CatalogueRow RowOf(int i, long position)
    {
        if (i % 5 == 2)
            return new CatalogueRow { Position = position, Path = $"{i}", Error = $"error {i}" };
        var random = new Random(i);
        return new CatalogueRow
        {
            Position = position,
            Path = $"music/{i}/Ærø \"{i}\".mp3",
            FileBytes = i % 3 == 0 ? null : 1L << (i % 40),
            FileModified = i % 3 == 0 ? null : DateTime.UnixEpoch.AddTicks(17_000_000_000_000_000L + random.Next()),
            Format = i % 7 == 0 ? null : "MP3",
            SampleRateHz = 44_100 + i % 2,
            Channels = i % 2 + 1,
            DurationSeconds = random.NextDouble(),
            Title = i % 4 == 0 ? null : $"title {i}",
            Artist = $"artist {i % 9}",
            Album = i % 4 == 0 ? "" : "album",
            Year = i % 4 == 0 ? null : "1999-01",
            Genre = "genre",
            Mood = i % 2 == 0 ? "calm" : "happy",
            Scores = [random.NextSingle(), float.Epsilon],
            IsUnsure = i % 6 == 0 ? null : i % 2 == 0,
            HeardSeconds = random.NextDouble(),
            DamagedFrames = i % 11,
            RemarkKinds = i % 2 == 0 ? [] : ["Speech"],
            Remarks = i % 2 == 0 ? [] : [$"It sounds like speech, {i}."],
            Features = i % 8 == 0 ? null : new MusicFeatures
            {
                TempoBpm = random.NextDouble(),
                TempoConfidence = random.NextDouble(),
                Key = "C#",
                Mode = (MusicMode)(i % 2),
                KeyStrength = random.NextDouble(),
                LoudnessLufs = -70 * random.NextDouble(),
                LoudnessRangeLu = random.NextDouble(),
                Danceability = random.NextDouble(),
                BrightnessHz = random.NextDouble(),
                OnsetsPerSecond = random.NextDouble(),
            },
            Embedding = [.. Enumerable.Range(0, 8).Select(_ => random.NextSingle())],
            Descriptors = i % 9 == 0 ? [] : [random.NextSingle(), -0f],
        };
    }
}
