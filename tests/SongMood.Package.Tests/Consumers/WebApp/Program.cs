using SongMood.Prediction;

// A service with one predictor for all requests, and its first customer: posts the song, prints the answer, ends.
var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
builder.Logging.ClearProviders();
builder.Services.AddSingleton(_ => MoodPredictor.LoadPretrained());
var app = builder.Build();
app.MapPost("/mood", async (MoodPredictor predictor, HttpRequest request, CancellationToken cancellation) =>
{
    var prediction = await predictor.PredictAsync(request.Body, cancellation);
    return new { prediction.Mood, prediction.Scores };
});
await app.StartAsync();

using var customer = new HttpClient();
using var song = new StreamContent(File.OpenRead(args[0]));
using var answer = await customer.PostAsync($"{app.Urls.Single()}/mood", song);
Console.WriteLine($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
await app.StopAsync();
