using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SongMood.TestSupport;

namespace SongMood.Page.Tests;

/// <summary>
/// Every state of the page, wide and narrow, light and dark: nothing that axe takes for a barrier, and nothing wider than the window.
/// With SONGMOOD_SCREENSHOTS=folder the pictures are kept there.
/// </summary>
public sealed class LooksTests(SharedPage shared, Browser browser)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SONGMOOD_SCREENSHOTS");

    [Fact]
    public async Task Empty()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await LookAsync(window, "empty");
    }

    [Fact]
    public async Task Busy()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await window.Page.RouteAsync("**/songs", _ => Task.CompletedTask); // no answer, ever
        await window.Page.Locator("#choose").SetInputFilesAsync([Songs.Sample("calm-1"), Songs.Sample("calm-2"), Songs.Sample("sad-1")]);
        await LookAsync(window, "busy");
    }

    [Fact]
    public async Task Faults()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await window.ChooseAsync(Songs.FaultFiles);
        await LookAsync(window, "faults");
    }

    [Fact]
    public async Task One_song()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await window.Page.Locator("#choose").SetInputFilesAsync(Medley());
        await window.WaitForCardsAsync(1);
        await GoToAsync(window, seconds: 35);
        await LookAsync(window, "one");
    }

    [Fact]
    public async Task Several_songs()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        foreach (var piece in new[] { "Corner Shop Parade", "Furnace Run", "Letters Never Sent", "Morning on the Lake" })
        {
            await window.Page.GetByRole(AriaRole.Button, new() { Name = piece }).ClickAsync();
            await window.Heard.GetByRole(AriaRole.Heading, new() { Name = piece }).WaitForAsync();
        }
        await window.Page.Locator("#choose").SetInputFilesAsync(Medley());
        await window.WaitForCardsAsync(5);
        await GoToAsync(window, seconds: 35);
        await LookAsync(window, "several");
    }

    private static async Task GoToAsync(Window window, int seconds)
    {
        await window.Page.Locator(".seek").First.FocusAsync();
        for (var i = 0; i < seconds / 5; i++)
            await window.Page.Keyboard.PressAsync("ArrowRight");
        await window.Page.EvaluateAsync("document.activeElement.blur()");
    }

    /// <summary>Four of our pieces, one after the other: a song whose mood changes.</summary>
    private static FilePayload Medley()
    {
        string[] pieces = ["calm-1", "energetic-1", "happy-2", "energetic-2"];
        return new FilePayload
        {
            Name = "A medley.mp3",
            Buffer = [.. pieces.SelectMany(piece => WithoutTag(File.ReadAllBytes(Songs.Sample(piece))))],
        };
    }

    /// <summary>Behind an ID3v2 tag, whose length has 7 bits a byte.</summary>
    private static byte[] WithoutTag(byte[] song) =>
        song.AsSpan().StartsWith("ID3"u8) ? song[(10 + (song[6] << 21) + (song[7] << 14) + (song[8] << 7) + song[9])..] : song;

    private static async Task LookAsync(Window window, string name)
    {
        foreach (var width in new[] { 1280, 390 })
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await window.Page.SetViewportSizeAsync(width, 860);
                await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                if (Folder is not null)
                    await window.Page.ScreenshotAsync(new PageScreenshotOptions
                    {
                        Path = Path.Combine(Folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"),
                        FullPage = true,
                    });
                await AssertNothingTouchesAsync(window, width);
                var seen = await window.Page.RunAxe();
                Assert.NotEmpty(seen.Passes);
                Assert.Empty(seen.Violations.Select(violation =>
                    $"{violation.Id} ({violation.Impact}): {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
            }
        await window.Page.SetViewportSizeAsync(320, 860); // the narrowest that there is (WCAG 2.2, 1.4.10)
        await AssertNothingTouchesAsync(window, 320);
    }

    /// <summary>Nothing is wider than the window, and times below the picture stand apart.</summary>
    private static async Task AssertNothingTouchesAsync(Window window, int width)
    {
        Assert.Equal(width, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await window.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.ticks')].flatMap(ticks => {
              const times = [...ticks.querySelectorAll('text')].filter(time => time.getClientRects().length > 0);
              const boxes = times.map(time => time.getBoundingClientRect());
              return times.slice(1).filter((_, i) => boxes[i + 1].left < boxes[i].right + 4).map(time => time.textContent);
            })
            """));
    }
}
