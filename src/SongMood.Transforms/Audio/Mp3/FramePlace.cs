namespace SongMood.Audio.Mp3;

/// <summary>Where one frame is.</summary>
/// <param name="Position">Its first byte in the input.</param>
/// <param name="Length">Its bytes, header and all.</param>
/// <param name="Header">Its header.</param>
/// <param name="FollowsBreak">Bytes that are no frame, or another stream, come before it: main data before it cannot be trusted.</param>
internal readonly record struct FramePlace(long Position, int Length, FrameHeader Header, bool FollowsBreak);
