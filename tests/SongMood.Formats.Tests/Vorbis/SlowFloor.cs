namespace SongMood.Formats.Tests.Vorbis;

/// <summary>Floors by the specification's words: 6 and 7.</summary>
internal abstract class SlowFloor
{
    public static SlowFloor Read(SlowBits bits, SlowCodebook[] books) =>
        bits.Read(16) == 0 ? new Type0(bits, books) : new Type1(bits, books);

    /// <summary>The curve of a block; empty where there is none.</summary>
    public double[] Read(SlowBits bits, int length)
    {
        try
        {
            return Curve(bits, length);
        }
        catch (SlowBits.EndOfPacket)
        {
            return [];
        }
    }

    protected abstract double[] Curve(SlowBits bits, int length);

    private sealed class Type0 : SlowFloor
    {
        private readonly long _order, _rate, _map, _width, _offset;
        private readonly SlowCodebook[] _books;

        public Type0(SlowBits bits, SlowCodebook[] books)
        {
            (_order, _rate, _map, _width, _offset) = (bits.Read(8), bits.Read(16), bits.Read(16), bits.Read(6), bits.Read(8));
            _books = [.. Enumerable.Range(0, (int)bits.Read(4) + 1).Select(_ => books[bits.Read(8)])];
        }

        protected override double[] Curve(SlowBits bits, int length)
        {
            var amplitude = bits.Read((int)_width);
            if (amplitude == 0)
                return [];
            var book = bits.Read(SlowBits.Width(_books.Length));
            if (book >= _books.Length)
                return [];
            List<double> coefficients = [];
            while (coefficients.Count < _order)
            {
                var last = coefficients.LastOrDefault();
                foreach (var value in _books[book].Vectors![_books[book].ReadEntry(bits)])
                    coefficients.Add(value + last);
            }

            var curve = new double[length];
            for (var i = 0; i < length; i++)
            {
                var omega = Math.PI * Math.Min(_map - 1, Math.Floor(Bark(_rate * i / (2.0 * length)) * _map / Bark(0.5 * _rate))) / _map;
                double p = 1, q = 1;
                for (var j = 1; j < _order; j += 2)
                    p *= 4 * Math.Pow(Math.Cos(coefficients[j]) - Math.Cos(omega), 2);
                for (var j = 0; j < _order; j += 2)
                    q *= 4 * Math.Pow(Math.Cos(coefficients[j]) - Math.Cos(omega), 2);
                (p, q) = _order % 2 == 1 ? (p * (1 - Math.Pow(Math.Cos(omega), 2)), q / 4)
                    : (p * (1 - Math.Cos(omega)) / 2, q * (1 + Math.Cos(omega)) / 2);
                curve[i] = Math.Exp(0.11512925 * (amplitude * _offset / ((Math.Pow(2, _width) - 1) * Math.Sqrt(p + q)) - _offset));
            }

            return curve;
        }

        private static double Bark(double x) => 13.1 * Math.Atan(0.00074 * x) + 2.24 * Math.Atan(0.0000000185 * x * x) + 0.0001 * x;
    }

    private sealed class Type1 : SlowFloor
    {
        private readonly List<int> _partitions = [], _x = [0];
        private readonly List<(int Dimensions, int Width, SlowCodebook? Master, SlowCodebook?[] Books)> _classes = [];
        private readonly int _multiplier;

        public Type1(SlowBits bits, SlowCodebook[] books)
        {
            for (var i = bits.Read(5); i > 0; i--)
                _partitions.Add((int)bits.Read(4));
            for (var i = 0; i <= _partitions.DefaultIfEmpty(-1).Max(); i++)
            {
                int dimensions = (int)bits.Read(3) + 1, width = (int)bits.Read(2);
                var master = width > 0 ? books[bits.Read(8)] : null;
                _classes.Add((dimensions, width, master,
                    [.. Enumerable.Range(0, 1 << width).Select(_ => bits.Read(8) is > 0 and var book ? books[book - 1] : null)]));
            }

            _multiplier = (int)bits.Read(2) + 1;
            var places = (int)bits.Read(4);
            _x.Add(1 << places);
            foreach (var one in _partitions)
                for (var i = 0; i < _classes[one].Dimensions; i++)
                    _x.Add((int)bits.Read(places));
        }

        protected override double[] Curve(SlowBits bits, int length)
        {
            if (bits.Read(1) == 0)
                return [];
            int[] ranges = [256, 128, 86, 64];
            var range = ranges[_multiplier - 1];
            List<int> y = [(int)bits.Read(SlowBits.Width(range - 1)), (int)bits.Read(SlowBits.Width(range - 1))];
            foreach (var one in _partitions)
            {
                var (dimensions, width, master, books) = _classes[one];
                var value = master?.ReadEntry(bits) ?? 0;
                for (var i = 0; i < dimensions; i++, value >>= width)
                    y.Add(books[value % (1 << width)]?.ReadEntry(bits) ?? 0);
            }

            var isUsed = y.Select((_, i) => i < 2).ToArray();
            for (var i = 2; i < y.Count; i++)
            {
                var low = Enumerable.Range(0, i).Where(j => _x[j] < _x[i]).OrderBy(j => _x[j]).Last();
                var high = Enumerable.Range(0, i).Where(j => _x[j] > _x[i]).OrderBy(j => _x[j]).First();
                var predicted = (int)(y[low] + Math.Truncate((double)(y[high] - y[low]) * (_x[i] - _x[low]) / (_x[high] - _x[low])));
                var value = y[i];
                int highRoom = range - predicted, lowRoom = predicted, room = 2 * Math.Min(highRoom, lowRoom);
                y[i] = value == 0 ? predicted
                    : value >= room ? highRoom > lowRoom ? value - lowRoom + predicted : predicted - value + highRoom - 1
                    : value % 2 == 1 ? predicted - (value + 1) / 2 : predicted + value / 2;
                if (value != 0)
                    isUsed[i] = isUsed[low] = isUsed[high] = true;
            }

            var curve = new double[length];
            var order = Enumerable.Range(0, y.Count).Where(i => isUsed[i]).OrderBy(i => _x[i]).ToArray();
            for (var i = 0; i < length; i++)
            {
                var right = Array.FindIndex(order, j => _x[j] > i);
                var (a, b) = right < 0 ? (order[^1], order[^1]) : (order[right - 1], order[right]);
                int from = Level(y[a]), to = Level(y[b]);
                var height = a == b ? from : (int)(from + Math.Truncate((double)(to - from) * (i - _x[a]) / (_x[b] - _x[a])));
                curve[i] = Math.Exp(0.11512925 * 140 * (height - 255) / 256);
            }

            return curve;
        }

        private int Level(int value) => Math.Clamp(value * _multiplier, 0, 255);
    }
}
