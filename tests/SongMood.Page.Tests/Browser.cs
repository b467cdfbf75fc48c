using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SongMood.Page.Tests.Browser))]

namespace SongMood.Page.Tests;

/// <summary>
/// The chromium that is installed. Playwright's own is a download of some hundred MB, which not every machine may make; the driver that
/// comes with the package is enough for another.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    internal const int Patience = 120_000; // ms

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private readonly string? _path = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (_path is null)
            return;
        _playwright = await Playwright.CreateAsync();
        // Root may not use the sandbox, and the pages are our own. Sound needs a device or none at all.
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = _path,
            Args = ["--no-sandbox", "--mute-audio", "--autoplay-policy=no-user-gesture-required"],
        });
    }

    /// <summary>A window of its own, with nothing of another's.</summary>
    public async Task<Window> OpenAsync(RunningPage page, BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, $"no browser on the PATH; looked for {string.Join(", ", Names)} (apt-get install chromium)");
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience); // other tests use the same few cores
        var window = new Window(context, await context.NewPageAsync());
        await window.Page.GotoAsync(page.Address);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>A window that the page is open in; what goes wrong in it is an error at its end.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    internal Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        // A rule of the content policy that is broken is told here, too.
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsTold(message.Text))
                Problems.Add(message.Text);
        };
        page.PageError += (_, error) => Problems.Add(error);
        page.Request += (_, request) => Requests.Add(request);
        page.Dialog += (_, dialog) => Problems.Add($"a dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    public List<string> Problems { get; } = [];

    public List<IRequest> Requests { get; } = [];

    public ILocator Heard => Page.Locator(".song.heard");

    public ILocator Faults => Page.Locator(".song.fault");

    public ILocator Status => Page.Locator("#status");

    /// <summary>Chooses songs, and waits for all their cards.</summary>
    public async Task ChooseAsync(params string[] paths)
    {
        var cards = await Heard.CountAsync() + await Faults.CountAsync() + paths.Length;
        await Page.Locator("#choose").SetInputFilesAsync(paths);
        await WaitForCardsAsync(cards);
    }

    public async Task WaitForCardsAsync(int cards) => await Page.WaitForFunctionAsync(
        "count => document.querySelectorAll('#songs > .heard, #songs > .fault').length === count", cards);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(Problems);
    }

    /// <summary>The browser reports every answer that is no success; the page tells of it, which the tests look at.</summary>
    private static bool IsTold(string message) =>
        message.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal);
}
