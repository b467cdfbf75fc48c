namespace SongMood.Scoring;

/// <summary>
/// What a network takes of one row: a vector of <paramref name="Size"/> features, or a sequence of frames of
/// <paramref name="Size"/> bands each, laid out (bands, frames) as librosa does.
/// </summary>
/// <param name="Size">Features, or bands.</param>
/// <param name="IsSequence">Whether a row is a sequence, of any number of frames.</param>
internal readonly record struct InputShape(int Size, bool IsSequence)
{
    public static InputShape Vector(int features) => new(features, false);

    public static InputShape Sequence(int bands) => new(bands, true);

    /// <summary>The dimensions of a batch whose rows have <paramref name="valuesPerRow"/> values each.</summary>
    public long[] BatchDimensions(int rows, int valuesPerRow) =>
        IsSequence ? [rows, Size, valuesPerRow / Size] : [rows, Size];

    /// <summary>Whether a row of this many values can be scored.</summary>
    public bool Accepts(int valuesPerRow) => IsSequence ? valuesPerRow > 0 && valuesPerRow % Size == 0 : valuesPerRow == Size;

    public override string ToString() => IsSequence ? $"{Size} bands x any number of frames" : $"{Size} features";
}
