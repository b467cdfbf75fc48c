using System.Collections.Concurrent;
using SongMood.Audio;
using SongMood.Learning;

namespace SongMood.Distillation;

/// <summary>
/// Pieces heard plain and behind encoders, a file each: the clips as they are, in the order of the label file; then others, made from the
/// clips that may teach or composed. Each is made from its number alone. Clips that teach nothing are heard through the encoders of the
/// examination.
/// </summary>
internal sealed class Encodings(LabelledSongs songs, Lessons lessons, string folder)
{
    private const int OfClip = 4, OfMade = 2; // encoders
    private const int ComposedEvery = 4;
    private const int MostSamplesLate = 2048; // 93 ms: encoders differ in how much stands before the music

    private readonly HashSet<int> _held = [.. lessons.KeptBack.Held];

    public string PathOf(int piece) => Path.Combine(folder, $"{piece:000000}.hearings");

    public void Make(int count, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var pieces = Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering); // in turn
        Parallel.ForEach(pieces, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (piece, state) =>
        {
            if (cancellation.IsCancellationRequested)
                state.Stop();
            else if (!File.Exists(PathOf(piece)))
                (piece < songs.Songs.Count ? HearClip(piece) : HearMade(piece)).Write(PathOf(piece));
        });
    }

    private Hearings HearClip(int song)
    {
        var (path, random) = (songs.Songs[song].AudioPath!, new Random(song));
        var encoded = _held.Contains(song)
            ? Encoder.Examined.Values.Select(encoder => encoder.Through(path))
            : Enumerable.Range(0, OfClip).Select(_ => Drawn(path, random));
        return Hearings.Of(song, StudentInput.Read(path), encoded);
    }

    private Hearings HearMade(int piece)
    {
        var random = new Random(piece);
        var samples = piece % ComposedEvery == 0 ? Synthesiser.Play(piece) : lessons.Audio(piece).Samples;
        var scratch = Directory.CreateTempSubdirectory("songmood-");
        try
        {
            var path = Path.Combine(scratch.FullName, "made.wav");
            using (var file = File.Create(path))
                new Waveform([samples], StudentInput.SampleRate).WriteWav(file);
            var plain = AudioFile.Read(path).ToMono(); // again: it is what the encoders get, in as many bits
            return Hearings.Of(Lesson.NoSong, plain, Enumerable.Range(0, OfMade).Select(_ => Drawn(path, random)));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static float[] Drawn(string path, Random random)
    {
        var samples = Encoder.Draw(random).Through(path);
        return samples[Math.Min(random.Next(2) * random.Next(MostSamplesLate), samples.Length / 2)..];
    }
}
