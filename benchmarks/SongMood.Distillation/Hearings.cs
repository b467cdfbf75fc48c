using System.Runtime.InteropServices;

namespace SongMood.Distillation;

/// <summary>
/// The same music as it is and behind encoders: spectrograms (bands, frames) in decibels below each one's loudest, in half precision,
/// equally long. A file each, so that a run which is cut off goes on where it was.
/// </summary>
internal sealed record Hearings(int Song, Half[] Plain, Half[][] Encoded)
{
    public int FrameCount => Plain.Length / StudentInput.BandCount;

    public static Hearings Of(int song, float[] plain, IEnumerable<float[]> encoded)
    {
        var input = new StudentInput();
        var all = encoded.Prepend(plain).Select(samples => input.Spectrogram(samples)).ToArray();
        var frameCount = all.Min(spectrogram => spectrogram.Length / StudentInput.BandCount);
        var halves = all.Select(spectrogram => Cut(spectrogram, frameCount)).ToArray();
        return new Hearings(song, halves[0], halves[1..]);
    }

    /// <summary>How many patches there are from a frame on.</summary>
    public static int PatchCount(int frameCount, int firstFrame, int hop) =>
        (frameCount - firstFrame - StudentInput.FrameCount) / hop + 1;

    public static void CutPatches(Half[] spectrogram, int firstFrame, int hop, int patchCount, Span<Half> patches)
    {
        var frameCount = spectrogram.Length / StudentInput.BandCount;
        for (var patch = 0; patch < patchCount; patch++)
            for (var band = 0; band < StudentInput.BandCount; band++)
                spectrogram.AsSpan(band * frameCount + firstFrame + patch * hop, StudentInput.FrameCount)
                    .CopyTo(patches[(patch * StudentInput.PatchSize + band * StudentInput.FrameCount)..]);
    }

    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream);
        writer.Write(Song);
        writer.Write(Plain.Length);
        writer.Write(Encoded.Length);
        foreach (var values in Encoded.Prepend(Plain))
            writer.Write(MemoryMarshal.AsBytes<Half>(values));
    });

    public static Hearings Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        var (song, length, count) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var all = Enumerable.Range(0, count + 1).Select(_ =>
        {
            var values = new Half[length];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }).ToArray();
        return new Hearings(song, all[0], all[1..]);
    }

    private static Half[] Cut(float[] spectrogram, int frameCount)
    {
        var before = spectrogram.Length / StudentInput.BandCount;
        var halves = new Half[StudentInput.BandCount * frameCount];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)spectrogram[i / frameCount * before + i % frameCount];
        return halves;
    }
}
