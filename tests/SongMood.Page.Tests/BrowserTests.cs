using Microsoft.Playwright;

namespace SongMood.Page.Tests;

/// <summary>The page in a browser, as its visitors use it.</summary>
public sealed class BrowserTests(SharedPage shared, Browser browser)
{
    private const string FocusIsVisible = """
        () => {
          const at = document.activeElement.matches('[type=file]') ? document.querySelector('label.button') : document.activeElement;
          const style = getComputedStyle(at);
          return style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2;
        }
        """;

    [Fact]
    public async Task All_of_it_works_by_keyboard()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        var page = window.Page;
        var chooser = new TaskCompletionSource<IFileChooser>();
        page.FileChooser += (_, opened) => chooser.TrySetResult(opened); // else the browser opens its own, which nobody can use here
        await TabToAsync(page, "#choose");
        await page.Keyboard.PressAsync("Enter");
        await (await chooser.Task.WaitAsync(TimeSpan.FromMilliseconds(Browser.Patience))).SetFilesAsync(Songs.Sample("energetic-1"));
        await window.WaitForCardsAsync(1);

        await TabToAsync(page, ".play");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => Number(document.querySelector('.seek').value) > 0.3");
        Assert.Equal("Pause energetic-1", await page.Locator(".play").GetAttributeAsync("aria-label"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelector('.play').ariaLabel === 'Play energetic-1'");

        await TabToAsync(page, ".seek");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("0:05, energetic", await page.Locator(".seek").GetAttributeAsync("aria-valuetext"));
        await page.Keyboard.PressAsync("End");
        Assert.Equal("0:17, energetic", await page.Locator(".seek").GetAttributeAsync("aria-valuetext"));
    }

    [Fact]
    public async Task What_was_heard_is_announced()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        Assert.Equal("status", await window.Status.GetAttributeAsync("role"));
        await window.ChooseAsync(Songs.Sample("calm-2"));
        Assert.Equal("calm-2 is calm, 93 %.", await window.Status.TextContentAsync());
        await window.ChooseAsync(FaultFile("comma_labels.csv"));
        Assert.StartsWith("comma_labels: ", await window.Status.TextContentAsync());
    }

    [Fact]
    public async Task Songs_can_be_dropped_and_sound_alike()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        var songs = await window.Page.EvaluateHandleAsync("""
            async names => {
              const data = new DataTransfer();
              for (const name of names)
                data.items.add(new File([await (await fetch(name)).blob()], name));
              return data;
            }
            """, new[] { "happy-1.mp3", "calm-1.mp3", "sad-2.mp3" });
        await window.Page.DispatchEventAsync("main", "drop", new { dataTransfer = songs });
        await window.WaitForCardsAsync(3);
        Assert.Equal(["happy-1", "calm-1", "sad-2"], await window.Page.Locator(".song h2").AllTextContentsAsync());
        Assert.Equal(3, await window.Page.Locator("#overview tbody tr").CountAsync());
        // A name leads to its card.
        var alike = window.Page.Locator("#song-3 .alike a").First;
        await alike.ClickAsync();
        Assert.Equal(await alike.GetAttributeAsync("href"), await window.Page.EvaluateAsync<string>("location.hash"));
        Assert.Equal(1, await window.Page.Locator(".song:target").CountAsync());
    }

    [Fact]
    public async Task A_song_is_sent_once_and_played_from_the_visitors_own_file()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await window.ChooseAsync(Songs.Sample("happy-2"));
        var requests = window.Requests.Count;
        Assert.Single(window.Requests, request => request.Method == "POST");
        await window.Page.Locator(".play").ClickAsync();
        await window.Page.WaitForFunctionAsync("() => Number(document.querySelector('.seek').value) > 0.3");
        Assert.Equal("visible", await window.Page.Locator(".plane circle.now").GetAttributeAsync("visibility"));
        Assert.Contains(window.Requests.Skip(requests), request => request.Url.StartsWith("blob:", StringComparison.Ordinal));
        Assert.DoesNotContain(window.Requests.Skip(requests), request => request.Method == "POST");
        await window.Page.Locator(".play").ClickAsync();
    }

    [Fact]
    public async Task A_click_on_the_picture_goes_there()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await window.ChooseAsync(Songs.Sample("happy-2"));
        var seek = window.Page.Locator(".seek");
        var box = (await seek.BoundingBoxAsync())!;
        await seek.ClickAsync(new LocatorClickOptions { Position = new Position { X = box.Width * 0.75f, Y = 180 } });
        var seconds = double.Parse((await seek.GetAttributeAsync("max"))!);
        Assert.Equal(0.75 * seconds, double.Parse(await seek.InputValueAsync()), 0.01 * seconds);
    }

    [Fact]
    public async Task Every_fault_ends_in_a_message_and_none_stops_the_next()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await window.ChooseAsync([.. Songs.FaultFiles, Songs.Sample("calm-2")]);
        Assert.Equal(Songs.FaultFiles.Length + 1, await window.Page.Locator(".song").CountAsync());
        foreach (var message in await window.Page.Locator("#songs .message").AllTextContentsAsync())
            Assert.Matches("^[A-Z].{20,}[.?!]$", message);
        Assert.InRange(await window.Faults.CountAsync(), 4, Songs.FaultFiles.Length);
        Assert.Equal("calm", await window.Page.Locator(".song").Last.Locator(".mood").TextContentAsync());
    }

    [Fact]
    public async Task What_is_too_large_is_told_before_it_is_sent()
    {
        await using var page = await RunningPage.StartAsync("MaximumSongMegabytes=1", "SongsOfADrop=2");
        await using var window = await browser.OpenAsync(page);
        await window.Page.Locator("#choose").SetInputFilesAsync(new FilePayload { Name = "big.wav", Buffer = new byte[2 << 20] });
        await window.WaitForCardsAsync(1);
        Assert.Contains("It has 2 MB, and this page takes 1", await window.Page.Locator(".message").First.TextContentAsync());
        Assert.DoesNotContain(window.Requests, request => request.Method == "POST");
        var song = Songs.Sample("calm-2");
        await window.Page.Locator("#choose").SetInputFilesAsync([song, song, song]);
        await window.WaitForCardsAsync(4);
        Assert.Contains("takes 2 songs at once, and these are 3", await window.Page.Locator(".message").First.TextContentAsync());
    }

    [Fact]
    public async Task Who_came_too_often_can_try_again()
    {
        await using var page = await RunningPage.StartAsync("SongsPerMinute=60");
        await using var window = await browser.OpenAsync(page);
        var refused = true;
        await window.Page.RouteAsync("**/songs", route => refused
            ? route.FulfillAsync(new RouteFulfillOptions { Status = 502, ContentType = "text/plain", Body = "from a proxy" })
            : route.ContinueAsync());
        await window.ChooseAsync(Songs.Sample("calm-2"));
        Assert.Contains("(502)", await window.Page.Locator("#songs .message").TextContentAsync());
        refused = false;
        await window.Page.Locator("#songs .again").ClickAsync();
        await window.Heard.WaitForAsync();
        Assert.Equal(0, await window.Faults.CountAsync());
    }

    [Fact]
    public async Task A_song_that_waits_can_be_cancelled()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await window.Page.RouteAsync("**/songs", _ => Task.CompletedTask); // no answer, ever
        await window.Page.Locator("#choose").SetInputFilesAsync([Songs.Sample("calm-1"), Songs.Sample("calm-2")]);
        Assert.Equal(2, await window.Page.Locator("#songs .waiting").CountAsync());
        await window.Page.Locator(".waiting .cancel").First.ClickAsync();
        Assert.Equal("calm-2", await window.Page.Locator(".waiting h2").TextContentAsync());
        await window.Page.Locator(".waiting .cancel").ClickAsync();
        Assert.Equal(0, await window.Page.Locator(".song").CountAsync());
        Assert.Equal("calm-2 is cancelled.", await window.Status.TextContentAsync());
    }

    [Fact]
    public async Task A_hostile_name_is_a_name()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        const string Name = "<img src=x onerror=alert(1)><script>alert(2)<⧸script>\"'&amp;";
        await window.Page.Locator("#choose").SetInputFilesAsync(
            [new FilePayload { Name = Name + ".mp3", Buffer = File.ReadAllBytes(Songs.Sample("calm-2")) },
            new FilePayload { Name = Name + ".txt", Buffer = "words"u8.ToArray() }]);
        await window.WaitForCardsAsync(2);
        Assert.All(await window.Page.Locator(".song h2").AllTextContentsAsync(), title => Assert.Equal(Name, title));
        Assert.Equal(0, await window.Page.Locator(".song img, .song script").CountAsync());
    }

    [Fact]
    public async Task Our_own_songs_can_be_tried()
    {
        await using var window = await browser.OpenAsync(shared.Page);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Furnace Run" }).ClickAsync();
        await window.WaitForCardsAsync(1);
        Assert.Equal("energetic", await window.Page.Locator(".mood").TextContentAsync());
    }

    [Fact]
    public async Task It_works_without_script()
    {
        await using var window = await browser.OpenAsync(shared.Page, new BrowserNewContextOptions { JavaScriptEnabled = false });
        await window.Page.Locator("#choose").SetInputFilesAsync([Songs.Sample("calm-1"), Songs.Sample("calm-2")]);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Listen to them" }).ClickAsync();
        await window.Heard.Last.WaitForAsync();
        Assert.Equal(2, await window.Heard.CountAsync());
        Assert.False(await window.Page.Locator(".seek").First.IsVisibleAsync()); // what needs script is not shown
    }

    [Fact]
    public async Task Who_wants_no_motion_sees_none()
    {
        const string Transition = "getComputedStyle(document.querySelector('.zone')).transitionProperty";
        await using var lively = await browser.OpenAsync(shared.Page);
        Assert.NotEqual("none", await lively.Page.EvaluateAsync<string>(Transition));
        await using var window = await browser.OpenAsync(shared.Page, new() { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal("none", await window.Page.EvaluateAsync<string>(Transition));
        await window.ChooseAsync(Songs.Sample("calm-2"));
        await window.Page.Locator(".play").ClickAsync();
        await window.Page.WaitForFunctionAsync("() => Number(document.querySelector('.seek').value) > 0.3"); // the place is told, in steps
        await window.Page.Locator(".play").ClickAsync();
    }

    private static string FaultFile(string name) => Songs.FaultFiles.Single(file => Path.GetFileName(file) == name);

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < 30; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>("document.activeElement.outerHTML");
            Assert.True(await page.EvaluateAsync<bool>(FocusIsVisible), focused);
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
        }
        Assert.Fail($"The key Tab does not lead to {selector}.");
    }
}
