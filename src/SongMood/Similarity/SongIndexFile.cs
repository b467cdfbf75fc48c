using System.Security.Cryptography;
using System.Text;
using SongMood.Prediction;

namespace SongMood.Similarity;

/// <summary>
/// An index as a file, little-endian: "SONGMOOD-INDEX" and a version; the model's id, how many numbers an embedding has, how many songs
/// there are; for each song its name, mood and score, and its features behind a yes or no; then the embeddings, as Single; then the
/// SHA-256 hash of all before it, as a changed number would otherwise be a wrong answer. Texts are .NET's own (length, then UTF-8).
/// </summary>
internal static class SongIndexFile
{
    private const string Mark = "SONGMOOD-INDEX";
    private const byte Version = 1;
    private const int MostSize = 1 << 16;

    public static void Write(SongIndex index, Stream stream)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashed, Encoding.UTF8))
            Write(index, writer);
        stream.Write(hash.Hash!);
    }

    private static void Write(SongIndex index, BinaryWriter writer)
    {
        writer.Write(Encoding.ASCII.GetBytes(Mark));
        writer.Write(Version);
        writer.Write(index.ModelId);
        writer.Write(index.EmbeddingSize);
        writer.Write(index.Songs.Count);
        foreach (var song in index.Songs)
        {
            writer.Write(song.Name);
            writer.Write(song.Mood);
            writer.Write(song.Score);
            writer.Write(song.Features is not null);
            if (song.Features is { } features)
                Write(features, writer);
        }
        for (var song = 0; song < index.Songs.Count; song++)
            foreach (var value in index.Row(song))
                writer.Write(value);
    }

    /// <exception cref="InvalidDataException">It is no index, is damaged, or was written by a later version.</exception>
    public static SongIndex Read(Stream stream, string name)
    {
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            if (!reader.ReadBytes(Mark.Length).SequenceEqual(Encoding.ASCII.GetBytes(Mark)))
                throw new InvalidDataException($"it does not begin with '{Mark}'");
            if (reader.ReadByte() is var version && version != Version)
                throw new InvalidDataException($"its version is {version}, and {Version} is read; update SongMood");
            RequireHash(stream);
            return Read(reader, stream);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or FormatException)
        {
            throw new InvalidDataException($"{name} is no index of songs that can be used: {error.Message.TrimEnd('.')}. Expected a file "
                + "that 'songmood index' or SongIndex.Save wrote; write it anew.", error);
        }
    }

    /// <summary>Looks through all of the file, and leaves the stream where it was.</summary>
    private static void RequireHash(Stream stream)
    {
        var (place, length) = (stream.Position, stream.Length - SHA256.HashSizeInBytes);
        stream.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            stream.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }
        var said = buffer.AsSpan(0, SHA256.HashSizeInBytes);
        if (length < place || stream.Read(said) < said.Length || !said.SequenceEqual(hash.GetHashAndReset()))
            throw new InvalidDataException("its hash is another than it says: it was damaged, or cut off");
        stream.Position = place;
    }

    private static SongIndex Read(BinaryReader reader, Stream stream)
    {
        var index = new SongIndex(reader.ReadString(), reader.ReadInt32());
        var count = reader.ReadInt32();
        // Checked before memory is taken: a song has its numbers, and 7 bytes at least before them.
        if (index.EmbeddingSize is < 1 or > MostSize || count < 0
            || count > (stream.Length - stream.Position) / (4L * index.EmbeddingSize + 7))
            throw new InvalidDataException(FormattableString.Invariant(
                $"it says that it has {count} songs of {index.EmbeddingSize} numbers, in {stream.Length} bytes"));
        var songs = new IndexedSong[count];
        for (var song = 0; song < count; song++)
            songs[song] = new IndexedSong(
                reader.ReadString(), reader.ReadString(), reader.ReadSingle(), reader.ReadBoolean() ? ReadFeatures(reader) : null);
        var row = new float[index.EmbeddingSize];
        foreach (var song in songs)
        {
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.ReadSingle();
            if (!row.All(float.IsFinite))
                throw new InvalidDataException($"an embedding of '{song.Name}' holds NaN or infinity");
            index.Add(song, row);
        }
        return index.Songs.Count == count ? index : throw new InvalidDataException("two of its songs have one name");
    }

    private static void Write(MusicFeatures features, BinaryWriter writer)
    {
        writer.Write(features.TempoBpm);
        writer.Write(features.TempoConfidence);
        writer.Write(features.Key);
        writer.Write(features.Mode == MusicMode.Major);
        writer.Write(features.KeyStrength);
        writer.Write(features.LoudnessLufs);
        writer.Write(features.LoudnessRangeLu);
        writer.Write(features.Danceability);
        writer.Write(features.BrightnessHz);
        writer.Write(features.OnsetsPerSecond);
    }

    private static MusicFeatures ReadFeatures(BinaryReader reader) => new()
    {
        TempoBpm = reader.ReadDouble(),
        TempoConfidence = reader.ReadDouble(),
        Key = reader.ReadString(),
        Mode = reader.ReadBoolean() ? MusicMode.Major : MusicMode.Minor,
        KeyStrength = reader.ReadDouble(),
        LoudnessLufs = reader.ReadDouble(),
        LoudnessRangeLu = reader.ReadDouble(),
        Danceability = reader.ReadDouble(),
        BrightnessHz = reader.ReadDouble(),
        OnsetsPerSecond = reader.ReadDouble(),
    };
}
