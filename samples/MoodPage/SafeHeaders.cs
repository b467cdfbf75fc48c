namespace MoodPage;

/// <summary>
/// What a browser is told to allow: this page's own files, and nothing else. No script or style within the markup, no other origin, no
/// frame around it; songs are played from the visitor's own memory (<c>blob:</c>), pictures stand in the page (<c>data:</c>).
/// </summary>
internal static class SafeHeaders
{
    private const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src blob:; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        + "trusted-types 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // When the response starts: what handles an error clears the headers before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            // A page has a visit's number and songs in it: nobody keeps it. Our files are asked for again, which costs a 304.
            headers.CacheControl = context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true
                ? "no-store" : "no-cache";
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>
    /// Whether another site's page sent this: browsers say so (Fetch Metadata, W3C). Songs are only taken from our own page, so that no
    /// other can make its readers send them here.
    /// </summary>
    public static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");
}
