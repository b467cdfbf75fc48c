namespace SongMood.Formats;

/// <summary>A packet of an Ogg stream.</summary>
/// <param name="Bytes">What it carries.</param>
/// <param name="Page">The number of the page on which it ends.</param>
/// <param name="Position">The first byte of that page's packets in the file.</param>
/// <param name="Granule">Where it is the last that ends on its page: what the page says of its place; else null.</param>
/// <param name="IsLast">Whether that page says that it is its stream's last.</param>
/// <param name="FollowsLoss">Whether packets before it are lost.</param>
internal readonly record struct OggPacket(byte[] Bytes, uint Page, long Position, long? Granule, bool IsLast, bool FollowsLoss);
