using System.Runtime.InteropServices;
using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;
using SongMood.Learning;

namespace SongMood.Descriptors;

/// <summary>All descriptors of all songs, decoded and computed once; kept in a file where one is named.</summary>
internal sealed class Extraction(string[] names, float[][] values)
{
    public static Extraction Run(LabelledSongs songs, string? cache)
    {
        string[] names = [.. MusicDescriptorExtractor.NamesOf(DescriptorGroups.All)];
        var header = string.Join('\n', [.. names, .. songs.Songs.Select(song => song.AudioPath)]);
        if (cache is not null && File.Exists(cache) && File.ReadAllText(cache + ".names") == header)
            return new Extraction(names, [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(cache)).ToArray().Chunk(names.Length)]);

        var values = new float[songs.Songs.Count][];
        Parallel.For(0, values.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, () => new MusicDescriptorExtractor(),
            (i, _, extractor) =>
        {
            var waveform = AudioFile.Read(songs.Songs[i].AudioPath!);
            var samples = Resampler.Resample(waveform.ToMono(), waveform.SampleRate, MusicDescriptorExtractor.SampleRate);
            extractor.Compute(samples, values[i] = new float[names.Length]);
            return extractor;
        }, _ => { });
        if (cache is not null)
        {
            File.WriteAllBytes(cache, MemoryMarshal.AsBytes(values.SelectMany(row => row).ToArray().AsSpan()).ToArray());
            File.WriteAllText(cache + ".names", header);
        }
        return new Extraction(names, values);
    }

    public float[][] Choose(IEnumerable<string> descriptors)
    {
        int[] columns = [.. descriptors.Select(name => Array.IndexOf(names, name))];
        return [.. values.Select(row => columns.Select(column => row[column]).ToArray())];
    }
}
