namespace SongMood.Learning;

/// <summary>What is being done; <see cref="LearningProgress"/> tells how far it is.</summary>
public enum LearningActivity
{
    /// <summary>Songs are decoded and their features computed; a step is a song.</summary>
    Listening,

    /// <summary>One model is trained; a step is an epoch.</summary>
    Training,

    /// <summary>A model is trained for each fold; a step is an epoch.</summary>
    CrossValidating,

    /// <summary>Ways of training are tried; a step is a trial of one round.</summary>
    Sweeping,
}
