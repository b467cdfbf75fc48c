namespace SongMood.Transforms;

internal static class Frames
{
    /// <summary>Frames in a row of this many values.</summary>
    public static int Count(int valueCount, int bandCount) => valueCount % bandCount == 0
        ? valueCount / bandCount
        : throw new InvalidDataException(
            $"{Plural.Of(valueCount, "value")} {Plural.Word(valueCount, "is", "are")} no whole number of frames of "
            + $"{Plural.Of(bandCount, "band")} each");
}
