using System.Security.Cryptography;
using System.Text;

namespace SongMood.Catalogue;

/// <summary>Which list of songs it was: shards that have seen different lists do not make one whole.</summary>
/// <param name="SongCount">How many songs the whole list has.</param>
/// <param name="Hash">The SHA-256 of their paths, each with a line feed behind it.</param>
internal sealed record ListDigest(long SongCount, string Hash)
{
    /// <summary>Hashes a list as it is gone through.</summary>
    public sealed class Counter : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long SongCount { get; private set; }

        public void Add(string path)
        {
            _hash.AppendData(Encoding.UTF8.GetBytes(path + "\n"));
            SongCount++;
        }

        public ListDigest Digest() => new(SongCount, Convert.ToHexStringLower(_hash.GetCurrentHash()));

        public void Dispose() => _hash.Dispose();
    }
}
