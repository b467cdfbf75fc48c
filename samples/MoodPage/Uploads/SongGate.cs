using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace MoodPage.Uploads;

/// <summary>Who may send songs, and when: so many a minute, so many at once, and so many heard side by side.</summary>
internal sealed class SongGate(PageLimits limits) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _uploads = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(Visitor(context), _ =>
            new ConcurrencyLimiterOptions { PermitLimit = limits.UploadsOfAVisitor, QueueLimit = limits.UploadsOfAVisitor })),
        PartitionedRateLimiter.Create<HttpContext, int>(_ => RateLimitPartition.GetConcurrencyLimiter(0, _ =>
            new ConcurrencyLimiterOptions { PermitLimit = limits.UploadsAtOnce, QueueLimit = limits.UploadsWaiting })));

    private readonly PartitionedRateLimiter<HttpContext> _songs = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetTokenBucketLimiter(Visitor(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.SongsPerMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / limits.SongsPerMinute,
        }));

    // Everybody who holds a song may wait here: these are UploadsAtOnce at most.
    private readonly ConcurrencyLimiter _hearing = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = limits.HeardAtOnce,
        QueueLimit = limits.UploadsAtOnce,
    });

    /// <summary>A place for a request; not acquired where too many wait.</summary>
    public ValueTask<RateLimitLease> EnterAsync(HttpContext context, CancellationToken cancellation) =>
        _uploads.AcquireAsync(context, cancellationToken: cancellation);

    /// <summary>One song of the visitor's; not acquired where there were too many in the last minute.</summary>
    public RateLimitLease Count(HttpContext context) => _songs.AttemptAcquire(context);

    /// <summary>A turn to be heard.</summary>
    public ValueTask<RateLimitLease> HearAsync(CancellationToken cancellation) => _hearing.AcquireAsync(cancellationToken: cancellation);

    public void Dispose()
    {
        _uploads.Dispose();
        _songs.Dispose();
        _hearing.Dispose();
    }

    /// <summary>An IPv4 address, or the network of an IPv6 one, of which whoever has one has 2^64.</summary>
    internal static string Visitor(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8)
            : address.ToString();
    }

    private static string Visitor(HttpContext context) => Visitor(context.Connection.RemoteIpAddress);
}
