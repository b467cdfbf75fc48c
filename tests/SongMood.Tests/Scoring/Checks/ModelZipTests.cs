using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;
using SongMood.Trainers;

namespace SongMood.Tests.Scoring.Checks;

/// <summary>
/// Files that would become far more than they are, or ask for what no mood model needs, are refused before they are unpacked.
/// </summary>
[Collection(nameof(Torch))]
public sealed class ModelZipTests(TrainedTones tones) : IDisposable
{
    private const string Network = "TransformerChain/Transform_000/network.onnx";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bomb_takes_next_to_no_memory()
    {
        var path = _folder.Write("bomb.zip", ZipOf(zip =>
        {
            CopyModel(zip, entry => entry.Name != "network.onnx");
            using var entry = zip.CreateEntry(Network).Open();
            for (var i = 0; i < 1024; i++)
                entry.Write(new byte[1 << 20]);
        }));
        Assert.InRange(new FileInfo(path).Length, 1 << 20, 3 << 20);
        foreach (var load in new Action[]
        {
            () => MoodPredictor.Load(path).Dispose(),
            () => MoodPredictor.Load(new MemoryStream(File.ReadAllBytes(path))).Dispose(),
            () => EnsembleMember.FromFile(path),
            () => ModelDescription.Read(path),
        })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains(Network, Assert.Throws<MoodModelException>(load).Message);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        }
    }

    /// <summary>An entry that says it is small yields what it says: the reader stops there.</summary>
    [Fact]
    public void An_entry_yields_no_more_than_it_declares()
    {
        var bytes = ZipOf(zip =>
        {
            using var entry = zip.CreateEntry(Network).Open();
            for (var i = 0; i < 100; i++)
                entry.Write(new byte[1 << 20]);
        });
        // The central directory's uncompressed size stands at 24 (APPNOTE 4.3.12).
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        Assert.Equal(100 << 20, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(directory + 24)));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(directory + 24), 1000);
        ModelZip.Check(new MemoryStream(bytes));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var buffer = new byte[1 << 20];
        long read = 0;
        try
        {
            using var stream = zip.Entries.Single().Open();
            for (int count; (count = stream.Read(buffer)) > 0;)
                read += count;
        }
        catch (InvalidDataException)
        {
            // or it says that the sizes do not agree
        }
        Assert.InRange(read, 0, 1000);
    }

    [Fact]
    public void Entries_that_share_their_bytes_and_sizes_that_cannot_be_are_refused()
    {
        var bytes = ZipOf(zip =>
        {
            foreach (var name in new[] { "a", "b", "c" })
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(new byte[1000]);
            }
        });
        for (var at = 0; (at = bytes.AsSpan(at).IndexOf("PK\u0001\u0002"u8) is var next and >= 0 ? at + next : -1) >= 0; at += 4)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 20), 3000); // packed
        AssertRefused(bytes, "bytes packed");
    }

    [Fact]
    public void What_is_shorter_than_any_zip_is_called_so()
    {
        AssertRefused([], "the file has 0 bytes, and no zip has so few");
        AssertRefused("<html>404</html>"u8.ToArray(), "the file has 16 bytes, and no zip has so few");
    }

    [Fact]
    public void Many_entries_and_deep_folders_are_refused()
    {
        AssertRefused(ZipOf(zip =>
        {
            for (var i = 0; i < 10_001; i++)
                zip.CreateEntry($"{i}");
        }), "10,001 entries", "at most 10,000");
        AssertRefused(ZipOf(zip => zip.CreateEntry(string.Concat(Enumerable.Repeat("Transform_000/", 1000)) + "Model.key")),
            "1000 folders deep");
    }

    [Theory]
    [InlineData("Microsoft.ML.OnnxTransformer", '/')]
    [InlineData("System.Diagnostics.Process", '/')]
    [InlineData("Microsoft.ML.OnnxTransformer", '\\')]
    [InlineData("System.Diagnostics.Process", '\\')]
    public void Components_that_run_foreign_graphs_or_code_are_refused(string assembly, char folderEnd)
    {
        var bytes = ZipOf(zip => CopyModel(zip, folderEnd: folderEnd, change: (entry, content) =>
        {
            if (entry != "TransformerChain/Model.key")
                return content;
            // ML.NET's header: where the assembly's name begins is at 0x90, its length in bytes at 0x98; it is the text behind the header.
            var name = Encoding.Unicode.GetBytes(assembly + ",");
            name.CopyTo(content, BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(0x90)));
            return content;
        }));
        AssertRefused(bytes, "asks for a component of " + assembly);
    }

    [Theory]
    [InlineData('/')]
    [InlineData('\\')]
    public void A_model_loads_with_the_folders_of_either_system(char folderEnd)
    {
        var bytes = ZipOf(zip => CopyModel(zip, folderEnd: folderEnd));
        using (var zip = new ZipArchive(new MemoryStream(bytes)))
            Assert.Contains(zip.Entries, entry => entry.FullName == $"TransformerChain{folderEnd}Model.key");
        using var predictor = MoodPredictor.Load(new MemoryStream(bytes));
        Assert.NotEmpty(predictor.Moods);
        Assert.NotNull(ModelDescription.Read(_folder.Write("model.zip", bytes)).WrittenBy);
    }

    [Fact]
    public void An_honest_model_passes_and_the_stream_is_where_it_was()
    {
        using var stream = File.OpenRead(tones.Model);
        ModelZip.Check(stream);
        Assert.Equal(0, stream.Position);
    }

    private static void AssertRefused(byte[] zip, params string[] says)
    {
        var message = Assert.Throws<InvalidDataException>(() => ModelZip.Check(new MemoryStream(zip))).Message;
        Assert.All(says, text => Assert.Contains(text, message));
        Assert.Contains(message, Assert.Throws<MoodModelException>(() => MoodPredictor.Load(new MemoryStream(zip))).Message);
    }

    private static byte[] ZipOf(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            fill(zip);
        return bytes.ToArray();
    }

    private void CopyModel(ZipArchive zip, Func<ZipArchiveEntry, bool>? which = null, Func<string, byte[], byte[]>? change = null,
        char folderEnd = '/')
    {
        using var model = ZipFile.OpenRead(tones.Model);
        foreach (var entry in model.Entries.Where(which ?? (_ => true)))
        {
            using var content = new MemoryStream();
            using (var from = entry.Open())
                from.CopyTo(content);
            using var to = zip.CreateEntry(entry.FullName.Replace('\\', '/').Replace('/', folderEnd)).Open();
            to.Write(change?.Invoke(entry.FullName.Replace('\\', '/'), content.ToArray()) ?? content.ToArray());
        }
    }
}
