using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using MoodPage.Components;
using MoodPage.Listening;
using MoodPage.Uploads;
using SongMood.Formats;
using SongMood.Prediction;

namespace MoodPage;

/// <summary>Puts the page together: <c>GET /</c> is the page, <c>POST /songs</c> the same with what was heard of the songs.</summary>
public static class MoodPageApp
{
    // Managed decoders alone: nobody's bytes get to an ffmpeg.
    static MoodPageApp() => AudioFormats.AddAll();

    /// <summary>The app, ready to run.</summary>
    /// <param name="args">Settings such as <c>--urls http://localhost:8080 --MoodPage:SongsPerMinute 60</c>.</param>
    /// <param name="configure">Changes that a test makes.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddOptions<PageLimits>()
            .BindConfiguration("MoodPage", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<PageLimits>>().Value);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<PageLimits>(Limit);
        builder.Services.AddRazorComponents();
        builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new KeysInMemory());
        builder.Services.AddSingleton(LoadPredictor);
        builder.Services.AddSingleton<SongListener>().AddSingleton<SongGate>().AddSingleton<Visits>().AddSingleton<SongsEndpoint>();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // that its keys are not kept is as it should be
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler(failed => failed.Run(context => Failed().ExecuteAsync(context)));
        app.Use(SafeHeaders.AddAsync);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new EmbeddedFileProvider(typeof(MoodPageApp).Assembly, "MoodPage.Assets"),
        });
        app.MapGet("/", () => new RazorComponentResult<Page>());
        app.MapPost("/songs", (HttpContext context, SongsEndpoint songs) => songs.PostAsync(context));
        app.Services.GetRequiredService<MoodPredictor>(); // a model that cannot be loaded is told now, not to the first visitor
        return app;
    }

    private static MoodPredictor LoadPredictor(IServiceProvider services)
    {
        var limits = services.GetRequiredService<PageLimits>();
        var options = new MoodPredictorOptions { WithFeatures = true, MaximumDuration = limits.MaximumDuration };
        return limits.Model is { } path ? MoodPredictor.Load(path, options) : MoodPredictor.LoadPretrained(options);
    }

    private static void Limit(KestrelServerOptions kestrel, PageLimits limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.MaximumRequestBytes;
        kestrel.Limits.MaxConcurrentConnections = limits.MaximumConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Who sends slower than any real line keeps others waiting.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(10));
    }

    /// <summary>What is wrong here and not in a song is logged; the visitor hears that it is.</summary>
    private static RazorComponentResult<Page> Failed() => Page.Result(StatusCodes.Status500InternalServerError, visit: null,
        [new SongFault("This song", "Something went wrong on our side, not in your song. It is in our log; please try again later.",
            StatusCodes.Status500InternalServerError) { CanTryAgain = true }]);
}
