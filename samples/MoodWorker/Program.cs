// A worker with a queue: songs that come into a folder wait in a queue, as many are heard at once as there are cores, and each is a line
// of JSON in a file. Ctrl-C ends it, once the songs that wait are heard; so does a number of songs, if one is given.
//     dotnet run --project samples/MoodWorker -- samples/audio moods.jsonl 8
using System.Text.Json;
using System.Threading.Channels;
using SongMood.Audio;
using SongMood.Prediction;

if (args is not [var inbox, var results, ..] || args.Length > 3 || !Directory.Exists(inbox))
{
    Console.Error.WriteLine("usage: MoodWorker FOLDER RESULTS.jsonl [SONGS]");
    return 2;
}
var songCount = args.Length > 2 ? int.Parse(args[2]) : int.MaxValue;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var predictor = MoodPredictor.LoadPretrained(); // one for all workers
// A queue with an end: where it is full, the folder is not looked at, and memory does not grow.
var queue = Channel.CreateBounded<string>(new BoundedChannelOptions(capacity: 100) { SingleWriter = true });
using var file = TextWriter.Synchronized(new StreamWriter(results, append: true) { AutoFlush = true });
var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(WorkAsync)).ToArray();
try
{
    // Songs that are there, then those that come, each once it is whole.
    var songs = AudioFolderWatch.ChangesAsync([inbox], cancellationToken: stop.Token).SelectMany(change => change.Ready);
    await foreach (var song in songs.Take(songCount))
        await queue.Writer.WriteAsync(song, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    // Ctrl-C: no more songs
}
queue.Writer.Complete();
await Task.WhenAll(workers);
return 0;

async Task WorkAsync()
{
    await foreach (var song in queue.Reader.ReadAllAsync()) // until the queue is complete and empty
        file.WriteLine(Hear(song));
}

string Hear(string song)
{
    try
    {
        var prediction = predictor.Predict(song);
        return JsonSerializer.Serialize(new { path = song, mood = prediction.Mood, score = prediction.Scores[prediction.Mood] });
    }
    catch (AudioFormatException error) // one song that cannot be read does not stop the others
    {
        return JsonSerializer.Serialize(new { path = song, error = error.Message });
    }
}
