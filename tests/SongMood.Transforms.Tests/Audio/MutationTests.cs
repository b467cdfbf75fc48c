using SongMood.Audio;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>
/// Any bytes end in samples or an <see cref="AudioFormatException"/>: real files are flipped, cut, spliced and added to. The number is
/// bounded here; SONGMOOD_MUTANTS asks for others, "from,count" (docs/numerics.md notes the longest run).
/// </summary>
public class MutationTests
{
    private const int Seed = 20240607;
    private const int DefaultCount = 2000;
    private const int LongestInput = 16_000;
    private const long MostAllocated = 5_000_000 + 3L * 120 * 48000 * 2 * sizeof(float);

    [Theory]
    [InlineData("mp3")]
    [InlineData("flac")]
    [InlineData("aiff")]
    public void Mutants_decode_or_are_refused(string format)
    {
        var (first, count) = Environment.GetEnvironmentVariable("SONGMOOD_MUTANTS") is { } asked ? Range(asked) : (0, DefaultCount);
        var sources = (format == "mp3" ? Sources() : Fixtures.Lossless(format)).Select(File.ReadAllBytes)
            .Where(bytes => bytes.Length > 0).Append(MakeWav()).ToArray();
        int decoded = 0, refused = 0, damaged = 0;
        var slowest = TimeSpan.Zero;
        for (var i = first; i < first + count; i++)
        {
            var random = new Random(Seed + i);
            var mutant = Mutate(random, sources);
            var options = RandomOptions(random);
            var start = ThreadTime.Now();
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var wave = AudioFile.Read(mutant, options);
                Assert.InRange(wave.Duration, TimeSpan.Zero, options.MaxDuration + TimeSpan.FromMilliseconds(1));
                decoded++;
                damaged += wave.DamagedFrameCount > 0 ? 1 : 0;
            }
            catch (AudioFormatException e)
            {
                Assert.NotEmpty(e.Message);
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"mutant {i} (seed {Seed + i}, {mutant.Length} bytes): {e}");
            }

            // The most that these sizes can come to: 5 MB for the frames' places, and the samples twice, where they are resampled.
            var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            Assert.True(allocated < MostAllocated, $"mutant {i} (seed {Seed + i}) took {allocated} bytes");
            var took = ThreadTime.Now() - start;
            slowest = took > slowest ? took : slowest;
            Assert.True(took < TimeSpan.FromSeconds(20), $"mutant {i} (seed {Seed + i}) took {took}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} mutants of {sources.Length} inputs: {decoded} decoded, {damaged} of them with damaged frames, {refused} refused; "
            + $"slowest {slowest.TotalMilliseconds:F0} ms");
        Assert.True(decoded > count / (format == "flac" ? 10 : 4) && refused > 0); // in FLAC one bit undoes a frame, and these have few
    }

    [Theory]
    [InlineData("mp3")]
    [InlineData("flac")]
    public void Any_refusal_says_where(string format)
    {
        var sources = (format == "mp3" ? FixtureSignal.AllPaths() : Fixtures.Lossless(format)).Select(File.ReadAllBytes).ToArray();
        var refused = 0;
        for (var i = 0; i < 1000; i++)
        {
            var random = new Random(i);
            try
            {
                AudioFile.Read(Mutate(random, sources));
            }
            catch (AudioFormatException e)
            {
                Assert.NotNull(format == "mp3" ? e.FrameIndex : 0); // FLAC's frames are counted by none but their own numbers
                Assert.NotNull(e.BytePosition);
                refused++;
            }
        }

        Assert.True(refused > 20, $"{refused} refused");
    }

    private static (int First, int Count) Range(string text)
    {
        var numbers = text.Split(',');
        return (int.Parse(numbers[0]), int.Parse(numbers[1]));
    }

    private static IEnumerable<string> Sources()
    {
        var all = FixtureSignal.AllPaths();
        if (TestData.Root is not { } root)
            return all;
        foreach (var (folder, pattern, step) in new[] { ("mp3-conformance", "*.bit", 1), ("mp3-tagged", "*.mp3", 1), ("4q", "*.mp3", 10) })
        {
            var path = Path.Combine(root, folder);
            if (Directory.Exists(path))
            {
                var files = Directory.GetFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
                all = all.Concat(files.Where((_, i) => i % step == 0));
            }
        }

        return all;
    }

    private static byte[] Mutate(Random random, byte[][] sources)
    {
        var bytes = Slice(random, sources[random.Next(sources.Length)]);
        for (var changes = random.Next(1, 7); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(bytes.Count - at, 1 << random.Next(12));
            switch (random.Next(7))
            {
                case 0: // flip bits
                    for (var i = random.Next(1, 40); i > 0 && bytes.Count > 0; i--)
                        bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1: // flip bits near the start, where the headers and tags are
                    for (var i = random.Next(1, 20); i > 0 && bytes.Count > 0; i--)
                        bytes[random.Next(Math.Min(200, bytes.Count))] = (byte)random.Next(256);
                    break;
                case 2: // cut out
                    bytes.RemoveRange(at, length);
                    break;
                case 3: // cut off
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4: // splice in another file
                    bytes.InsertRange(at, Slice(random, sources[random.Next(sources.Length)]));
                    break;
                case 5: // insert noise
                    var noise = new byte[random.Next(1, 3000)];
                    random.NextBytes(noise);
                    bytes.InsertRange(at, noise);
                    break;
                default: // one value over a stretch
                    for (var i = at; i < at + length; i++)
                        bytes[i] = (byte)(random.Next(2) == 0 ? 0xFF : 0);
                    break;
            }
        }

        return [.. bytes];
    }

    private static List<byte> Slice(Random random, byte[] source)
    {
        var length = Math.Min(source.Length, random.Next(LongestInput));
        var start = random.Next(3) > 0 ? 0 : random.Next(source.Length - length + 1);
        return [.. source.AsSpan(start, length)];
    }

    private static AudioReadOptions RandomOptions(Random random) => new()
    {
        Offset = TimeSpan.FromSeconds(random.Next(4) == 0 ? random.NextDouble() : 0),
        Duration = random.Next(4) == 0 ? TimeSpan.FromSeconds(0.01 + random.NextDouble()) : null,
        Mono = random.Next(2) == 0,
        SampleRate = random.Next(16) == 0 ? 8000 : random.Next(8) == 0 ? 22050 : null,
        Quality = random.Next(2) == 0 ? AudioQuality.Fast : AudioQuality.Exact,
        MaxDuration = TimeSpan.FromSeconds(random.Next(10) == 0 ? 1 : 120),
        MaxTagBytes = random.Next(10) == 0 ? 1000 : 1 << 20,
    };

    private static byte[] MakeWav()
    {
        var wav = new byte[20_044];
        "RIFF\0\0\0\0WAVEfmt \u0010\0\0\0\u0001\0\u0002\0"u8.CopyTo(wav);
        BitConverter.TryWriteBytes(wav.AsSpan(24), 44100);
        BitConverter.TryWriteBytes(wav.AsSpan(28), 176400);
        BitConverter.TryWriteBytes(wav.AsSpan(32), 0x00100004);
        "data"u8.CopyTo(wav.AsSpan(36));
        BitConverter.TryWriteBytes(wav.AsSpan(40), 20_000);
        new Random(1).NextBytes(wav.AsSpan(44));
        return wav;
    }
}
