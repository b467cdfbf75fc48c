namespace SongMood.Transforms.Tests.Audio.Flac;

/// <summary>Samples that make an encoder use all that it has.</summary>
internal static class FlacSignal
{
    public static long[][] Make(Random random, int depth, int channels, int count)
    {
        var largest = (1L << (depth - 1)) - 1;
        var rows = Enumerable.Range(0, channels).Select(_ => new long[count]).ToArray();
        for (var start = 0; start < count;)
        {
            var length = Math.Min(count - start, random.Next(1, 3000));
            var kind = random.Next(6);
            var shift = random.Next(3) == 0 ? random.Next(depth) : 0;
            for (var channel = 0; channel < channels; channel++)
            {
                var (step, value) = (random.NextDouble() * 0.3, random.NextInt64(-largest - 1, largest + 1));
                var sign = random.Next(3) == 0 ? -1 : 1; // a side channel as large as can be
                for (var i = start; i < start + length; i++)
                    rows[channel][i] = Math.Clamp(kind switch
                    {
                        0 => value,
                        1 => random.NextInt64(-largest - 1, largest + 1),
                        2 when channel > 0 => sign * rows[0][i],
                        3 => random.Next(2) == 0 ? largest : -largest - 1,
                        _ => (long)(0.9 * largest * Math.Sin(step * i)) + random.Next(-2, 3),
                    }, -largest - 1, largest) >> shift << shift;
            }

            start += length;
        }

        return rows;
    }
}
