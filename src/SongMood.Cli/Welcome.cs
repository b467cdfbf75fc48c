namespace SongMood.Cli;

/// <summary>What <c>songmood</c> alone says: what to type next.</summary>
internal static class Welcome
{
    public const string Text = """
        songmood tells the mood of songs, and learns to do so from songs whose mood you know.

        The mood of a song, or of all songs in a folder:
            songmood predict song.mp3
            songmood predict ~/Music --format json > moods.jsonl

        Playlists by mood, and mood, tempo and key in the songs' tags (a dry run until you add --write):
            songmood predict ~/Music --playlists ~/Music/moods
            songmood tag     ~/Music

        Moods of your own, from a folder of songs for each mood (music/happy, music/dark, ...), or a playlist for each, or a label file
        (path,mood,artist):
            songmood evaluate --data music --cross-validate 5     how good would it be?
            songmood train    --data music --model moods.zip      learn from all songs
            songmood predict  new-songs --model moods.zip

        What is in a model, and what the decoder hears:
            songmood inspect     moods.zip
            songmood spectrogram song.mp3 -o mel.png

        All commands: songmood --help. One of them, with examples: songmood train --help.
        """;
}
