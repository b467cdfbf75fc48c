using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using SongMood.Audio;
using SongMood.Prediction;

namespace MoodApi;

/// <summary>POST a song's bytes to /mood or /timeline.</summary>
public static class Service
{
    private const long MostBytes = 50 << 20;
    private static readonly TimeSpan LongestSong = TimeSpan.FromMinutes(20);

    /// <summary>The service, ready to start.</summary>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        // One predictor serves all requests at once.
        builder.Services.AddSingleton(_ => MoodPredictor.LoadPretrained(new MoodPredictorOptions
        {
            MaximumDuration = LongestSong,
            CoresPerSong = 1, // the others hear the songs of other requests
        }));
        // A larger body ends with 413, however it is sent.
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = MostBytes);
        // As many songs at once as there are cores; a few wait, and the others hear that they should come again.
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddConcurrencyLimiter("songs", songs =>
            {
                songs.PermitLimit = Environment.ProcessorCount;
                songs.QueueLimit = 8 * Environment.ProcessorCount;
                songs.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
            });
        });
        builder.Services.AddProblemDetails();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseRateLimiter();
        app.MapGet("/", () => "POST a song's bytes to /mood or /timeline: curl --data-binary @song.mp3 ADDRESS/mood\n");
        app.MapGet("/moods", (MoodPredictor predictor) => predictor.Moods);
        var songs = app.MapGroup("/").RequireRateLimiting("songs").AddEndpointFilter(TellTheSender);
        songs.MapPost("/mood", async (MoodPredictor predictor, HttpRequest request, CancellationToken cancellation) =>
        {
            var prediction = await predictor.PredictAsync(request.Body, cancellation);
            return new
            {
                prediction.Mood,
                prediction.Scores,
                prediction.Valence,
                prediction.Arousal,
                Remarks = prediction.Remarks.Select(remark => remark.ToString()),
            };
        });
        songs.MapPost("/timeline", async (MoodPredictor predictor, HttpRequest request, CancellationToken cancellation) =>
            (await predictor.PredictTimelineAsync(request.Body, cancellationToken: cancellation)).Sections
            .Select(section => new { section.Start, section.End, section.Mood }));
        return app;
    }

    // What is wrong with a song is the sender's to know, and no fault of the server.
    private static async ValueTask<object?> TellTheSender(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (AudioFormatException error)
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        catch (BadHttpRequestException error)
        {
            return Results.Problem(error.Message, statusCode: error.StatusCode);
        }
    }
}
