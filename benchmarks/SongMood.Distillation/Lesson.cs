using System.Runtime.InteropServices;

namespace SongMood.Distillation;

/// <summary>
/// One clip as the student learns from it: its patches (bands by frames, decibels below the clip's loudest) and what the teachers say,
/// in half precision. A file a lesson, so that a run which is cut off goes on where it was.
/// </summary>
internal sealed record Lesson(int Song, int PatchCount, Half[] Patches, int[] MusicnnPatches, Half[] Musicnn, Half[] Tags, Half[] Yamnet,
    Half[] Compact)
{
    /// <summary>In the place of a clip's number where the music was composed.</summary>
    public const int NoSong = -1;

    public static Lesson Of(int song, int patchCount, float[] patches, Answers answers) => new(song, patchCount, Halves(patches),
        answers.MusicnnPatches, Halves(answers.Musicnn), Halves(answers.Tags), Halves(answers.Yamnet), Halves(answers.Compact));

    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream);
        writer.Write(Song);
        writer.Write(PatchCount);
        writer.Write(MusicnnPatches.Length);
        foreach (var patch in MusicnnPatches)
            writer.Write(patch);
        foreach (var values in (Half[][])[Patches, Musicnn, Tags, Yamnet, Compact])
            writer.Write(MemoryMarshal.AsBytes<Half>(values));
    });

    public static Lesson Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        var (song, patchCount) = (reader.ReadInt32(), reader.ReadInt32());
        var heard = new int[reader.ReadInt32()];
        for (var i = 0; i < heard.Length; i++)
            heard[i] = reader.ReadInt32();
        return new Lesson(song, patchCount, Next(patchCount * StudentInput.PatchSize), heard, Next(heard.Length * Teachers.MusicnnSize),
            Next(heard.Length * Teachers.TagCount), Next(patchCount * Teachers.YamnetSize), Next(Teachers.CompactSize));

        Half[] Next(int count)
        {
            var values = new Half[count];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }
    }

    private static Half[] Halves(float[] values) => Array.ConvertAll(values, value => (Half)value);
}
