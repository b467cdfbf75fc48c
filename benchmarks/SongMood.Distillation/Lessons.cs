using SongMood.Alterations;
using SongMood.Audio;
using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Distillation;

/// <summary>
/// The lessons of a folder: the first ones are the clips as they are, in the order of the label file; the others are made from the clips
/// that may teach, or composed, each from its number alone, so that any run makes the same.
/// </summary>
internal sealed class Lessons
{
    private const int MusicnnPatchesOfAltered = 4; // musicnn costs ten times what the others do
    private const int SampleCount = 30 * StudentInput.SampleRate;

    private static readonly AudioAlterationOptions Faster = new()
    {
        PitchSemitones = 0,
        TempoPercent = 0,
        SpeedPercent = 20,
        FilterDb = 6,
        LowestCutoffHz = 4000,
        GainDb = 0,
        CutPercent = 50,
    };
    private static readonly AudioAlterationOptions Stretched = Faster with { PitchSemitones = 3, TempoPercent = 15, SpeedPercent = 0 };

    private readonly LabelledSongs _songs;
    private readonly string _folder;
    private readonly float[]?[] _samples;

    public Lessons(LabelledSongs songs, string folder)
    {
        (_songs, _folder, _samples) = (songs, folder, new float[songs.Songs.Count][]);
        KeptBack = HeldOutParts.Folds(songs.MoodIndices, [.. songs.Songs.Select(song => song.Group)], 5, seed: 1).First();
        Directory.CreateDirectory(folder);
    }

    /// <summary>One fifth of the artists never teaches: what the student is worth is measured on it.</summary>
    public HeldOutPart KeptBack { get; }

    public string PathOf(int lesson) => Path.Combine(_folder, $"{lesson:000000}.lesson");

    public string PathOfComposed(int piece) => Path.Combine(_folder, $"composed-{piece:000000}.lesson");

    /// <summary>Makes the lessons that are not there yet, up to a number of those of clips, and of composed ones.</summary>
    public void Make(string teacherFolder, int count, int composedCount, CancellationToken cancellation)
    {
        using var teachers = new Teachers(teacherFolder);
        var input = new StudentInput();
        for (var lesson = 0; lesson < count && !cancellation.IsCancellationRequested; lesson++)
            MakeOne(PathOf(lesson), lesson, lesson < _songs.Songs.Count, () => Audio(lesson));
        for (var piece = 0; piece < composedCount && !cancellation.IsCancellationRequested; piece++)
            MakeOne(PathOfComposed(piece), piece, false, () => (Lesson.NoSong, ThirtySeconds(Synthesiser.Play(piece))));

        void MakeOne(string path, int number, bool isWhole, Func<(int Song, float[] Samples)> make)
        {
            if (File.Exists(path))
                return;
            var (song, samples) = make();
            var (patches, patchCount) = input.Of(samples);
            var heard = Enumerable.Range(0, patchCount).ToArray();
            if (!isWhole)
            {
                new Random(number).Shuffle(heard);
                heard = heard[..MusicnnPatchesOfAltered];
            }
            var answers = teachers.Hear(samples, patchCount, StudentInput.PatchSeconds, heard);
            Lesson.Of(song, patchCount, patches, answers).Write(path);
            if (number % 100 == 99)
                Console.WriteLine($"{DateTime.Now:HH:mm:ss} {Path.GetFileName(path)}");
        }
    }

    /// <summary>Half a minute, mono, at the student's rate.</summary>
    public (int Song, float[] Samples) Audio(int lesson)
    {
        if (lesson < _songs.Songs.Count)
            return (lesson, ThirtySeconds(Clip(lesson)));
        var random = new Random(lesson);
        var song = AnyTaught(random);
        var samples = Altered(song, random);
        if (random.NextDouble() < 0.5)
            samples = AudioAlteration.Mix(samples, Altered(AnyTaught(random), random), -12 * random.NextDouble());
        return (song, ThirtySeconds(samples));
    }

    private int AnyTaught(Random random) => KeptBack.Learnt[random.Next(KeptBack.Learnt.Count)];

    private float[] Altered(int song, Random random)
    {
        var options = random.NextDouble() < 0.2 ? Stretched : Faster;
        return AudioAlteration.Draw(options, random.Next()).Apply(Clip(song), StudentInput.SampleRate);
    }

    private float[] Clip(int song) => _samples[song] ??=
        StudentInput.Read(_songs.Songs[song].AudioPath!);

    /// <summary>A shorter clip begins anew.</summary>
    private static float[] ThirtySeconds(float[] samples)
    {
        var filled = new float[SampleCount];
        for (var i = 0; i < SampleCount; i += samples.Length)
            samples.AsSpan(0, Math.Min(samples.Length, SampleCount - i)).CopyTo(filled.AsSpan(i));
        return filled;
    }
}
