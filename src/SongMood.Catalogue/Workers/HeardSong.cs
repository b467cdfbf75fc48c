using SongMood.Prediction;

namespace SongMood.Catalogue;

/// <summary>What a worker says of a song.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Measures">What was measured, for those who watch the run; null where nothing is.</param>
internal sealed record HeardSong(CatalogueRow Row, SongMeasures? Measures);
