namespace SongMood.Learning;

/// <summary>An error whose message can be said in the terms of whoever shows it.</summary>
internal interface IHasTerms
{
    TermText Text { get; }
}
