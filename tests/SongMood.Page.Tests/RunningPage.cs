using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using MoodPage;

[assembly: AssemblyFixture(typeof(SongMood.Page.Tests.SharedPage))]

namespace SongMood.Page.Tests;

/// <summary>The page, run in this process at an address of its own.</summary>
public sealed class RunningPage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningPage(WebApplication app) =>
        (_app, Client) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });

    public HttpClient Client { get; }

    public string Address => Client.BaseAddress!.ToString();

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts it with settings, such as "SongsPerMinute=3".</summary>
    public static async Task<RunningPage> StartAsync(params string[] settings)
    {
        string[] args = ["--urls=http://127.0.0.1:0", .. settings.Select(setting => $"--MoodPage:{setting}")];
        var app = MoodPageApp.Create(args, builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new RunningPage(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>The page that most tests share, with limits that they do not meet.</summary>
public sealed class SharedPage : IAsyncLifetime
{
    public RunningPage Page { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Page = await RunningPage.StartAsync("SongsPerMinute=1000", "UploadsOfAVisitor=8");

    public ValueTask DisposeAsync() => Page.DisposeAsync();
}
