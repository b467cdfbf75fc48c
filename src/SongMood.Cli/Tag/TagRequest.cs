using SongMood.Audio;
using SongMood.Formats.Tags;
using SongMood.Playlists;
using SongMood.Prediction;

namespace SongMood.Cli.Tag;

/// <summary>What a person asks of <c>songmood tag</c>.</summary>
internal sealed record TagRequest
{
    public const string Mood = "mood", Tempo = "tempo", Key = "key";

    private const string TooLarge = "tags of larger files cannot be written here";

    /// <summary>All tags that can be written.</summary>
    public static readonly string[] AllFields = [Mood, Tempo, Key];

    /// <summary>Those that are to be written.</summary>
    public IReadOnlyCollection<string> Fields { get; init; } = AllFields;

    /// <summary>Whether tags that a song has are left as they are.</summary>
    public bool KeepExisting { get; init; }

    /// <summary>Which songs are wanted; null for all.</summary>
    public SongFilter? Where { get; init; }

    /// <summary>What takes the changes back; null where nothing is to be written.</summary>
    public TagJournal? Journal { get; init; }

    /// <summary>Hears a song, and writes its tags or finds out what would be written.</summary>
    public TagResult Ask(MoodPredictor predictor, string path, CancellationToken cancellation)
    {
        var prediction = predictor.Predict(path, cancellation);
        if (Where?.Matches(prediction) == false)
            return new TagResult(path) { IsWanted = false };
        var options = new AudioReadOptions
        {
            MaxBytes = int.MaxValue,
            MaxDuration = TimeSpan.MaxValue, // it was predicted, which has a limit of its own
            Advice = (TooLarge, TooLarge),
            CancellationToken = cancellation,
        };
        var wanted = TagsOf(prediction);
        if (KeepExisting && SongTagFile.Preview(path, new SongTags(), options).Before is var before)
            wanted = new SongTags
            {
                Mood = before.Mood is null ? wanted.Mood : null,
                TempoBpm = before.TempoBpm is null ? wanted.TempoBpm : null,
                Key = before.Key is null ? wanted.Key : null,
            };
        var change = Journal is null ? SongTagFile.Preview(path, wanted, options) : SongTagFile.Write(path, wanted, Journal, options);
        return new TagResult(path) { Wanted = wanted, Change = change };
    }

    /// <summary>
    /// What is known of a song: no mood where the model is unsure, no tempo where nothing pulses, no key where there is no note.
    /// </summary>
    private SongTags TagsOf(MoodPrediction prediction)
    {
        var features = prediction.Features!;
        var tempo = (int)Math.Round(features.TempoBpm);
        return new SongTags
        {
            Mood = Fields.Contains(Mood) && prediction.IsUnsure != true ? prediction.Mood : null,
            TempoBpm = Fields.Contains(Tempo) && tempo > 0 ? tempo : null,
            Key = Fields.Contains(Key) && features.KeyStrength > 0
                ? features.Key + (features.Mode == MusicMode.Minor ? "m" : "") : null,
        };
    }
}
