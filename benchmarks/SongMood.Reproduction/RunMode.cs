namespace SongMood.Reproduction;

/// <summary>How much is run, and how.</summary>
internal enum RunMode
{
    /// <summary>All rows, in folds that share no artist.</summary>
    All,

    /// <summary>The paper's rows alone, on one split that shares no artist.</summary>
    Quick,

    /// <summary>The paper's rows by its own settings, on one split like its own, which knows nothing of artists.</summary>
    Paper,
}
