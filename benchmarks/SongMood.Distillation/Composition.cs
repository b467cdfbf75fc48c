using NAudio.Midi;

namespace SongMood.Distillation;

/// <summary>
/// Half a minute of music for a General MIDI synthesiser, drawn at random: a key, a mode, four chords, a tempo, and who plays what. It is
/// there for the sounds and textures that clips of records lack, played alone and together; nobody says what mood it has.
/// </summary>
internal sealed class Composition
{
    private const int TicksOfBeat = 480;
    private const int DrumChannel = 10;
    private const double Seconds = 31; // a little more than a lesson takes

    private static readonly int[][] Modes =
    [
        [0, 2, 4, 5, 7, 9, 11], // major
        [0, 2, 3, 5, 7, 8, 10], // minor
        [0, 2, 3, 5, 7, 8, 11], // harmonic minor
        [0, 2, 3, 5, 7, 9, 10], // Dorian
        [0, 1, 3, 5, 7, 8, 10], // Phrygian
        [0, 2, 4, 6, 7, 9, 11], // Lydian
        [0, 2, 4, 5, 7, 9, 10], // Mixolydian
    ];

    // Programs of General MIDI level 1, counted from 0.
    private static readonly int[] Chordal =
        [0, 1, 2, 4, 5, 6, 8, 11, 12, 16, 18, 19, 21, 24, 25, 26, 27, 28, 29, 30, 46, 48, 49, 50, 52, 61, 62, 88, 89, 90, 91, 94, 95];
    private static readonly int[] Melodic =
        [0, 4, 9, 11, 13, 22, 24, 26, 29, 30, 40, 41, 42, 53, 54, 56, 57, 60, 64, 65, 66, 68, 71, 72, 73, 75, 78, 80, 81, 82, 84, 85, 104];
    private static readonly int[] Basses = [32, 33, 34, 35, 36, 38, 39, 43, 58];

    private readonly Random _random;
    private readonly MidiEventCollection _events = new(1, TicksOfBeat);
    private readonly int[] _mode;
    private readonly int[] _chords;
    private readonly int _tonic;
    private readonly int _beatsOfBar;
    private readonly int _barCount;
    private readonly int _loudness;
    private readonly double _swing; // where the second half of a beat begins

    public Composition(int seed)
    {
        _random = new Random(seed);
        var tempo = 50 * Math.Pow(3.6, _random.NextDouble()); // 50 to 180 beats a minute
        _mode = Modes[_random.Next(Modes.Length)];
        _tonic = _random.Next(12);
        _chords = [0, .. Enumerable.Range(0, 3).Select(_ => _random.Next(7))];
        _beatsOfBar = Chance(0.2) ? 3 : 4;
        _barCount = (int)Math.Ceiling(Seconds * tempo / 60 / _beatsOfBar);
        _loudness = _random.Next(45, 115);
        _swing = Chance(0.2) ? 2 / 3.0 : 0.5;
        _events.AddTrack();
        _events.AddEvent(new TempoEvent((int)(60e6 / tempo), 0), 0);

        var players = 0;
        if (Chance(0.85))
            Play(1, Chordal, PlayChords, ref players);
        if (Chance(0.35))
            Play(2, Chordal, PlayChords, ref players);
        if (Chance(0.65))
            Play(3, Basses, PlayBass, ref players);
        if (Chance(0.6) || players == 0)
            Play(4, Melodic, PlayMelody, ref players);
        if (Chance(0.55))
            PlayDrums();
    }

    /// <summary>As a Standard MIDI File.</summary>
    public void Write(string path)
    {
        _events.PrepareForExport();
        MidiFile.Export(path, _events);
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private void Play(int channel, int[] programs, Action<int> part, ref int players)
    {
        players++;
        _events.AddEvent(new PatchChangeEvent(0, channel, programs[_random.Next(programs.Length)]), channel);
        part(channel);
    }

    private void PlayChords(int channel)
    {
        var octave = _random.Next(4, 6);
        var size = _random.Next(3, 5);
        var pattern = _random.Next(5);
        for (var bar = 0; bar < _barCount; bar++)
            for (var beat = 0; beat < _beatsOfBar; beat++)
                switch (pattern)
                {
                    case 0 when beat == 0: // held
                        Strike(bar, 0, _beatsOfBar);
                        break;
                    case 1: // each beat
                        Strike(bar, beat, 0.8);
                        break;
                    case 2: // behind the beat
                        Strike(bar, beat + _swing, 0.35);
                        break;
                    case 3: // both
                        Strike(bar, beat, _swing * 0.8);
                        Strike(bar, beat + _swing, 0.4);
                        break;
                    case 4: // broken
                        Note(channel, bar, beat, 0.9, Degree(bar, beat % size * 2, octave), 0);
                        Note(channel, bar, beat + _swing, 0.5, Degree(bar, (beat + 2) % size * 2, octave), -8);
                        break;
                }

        void Strike(int bar, double beat, double length)
        {
            for (var voice = 0; voice < size; voice++)
                Note(channel, bar, beat, length, Degree(bar, 2 * voice, octave), -5);
        }
    }

    private void PlayBass(int channel)
    {
        var pattern = _random.Next(4);
        for (var bar = 0; bar < _barCount; bar++)
            for (var beat = 0; beat < _beatsOfBar; beat++)
                switch (pattern)
                {
                    case 0 when beat == 0: // held
                        Note(channel, bar, 0, _beatsOfBar, Degree(bar, 0, 2), 0);
                        break;
                    case 1: // root and fifth
                        Note(channel, bar, beat, 0.9, Degree(bar, beat % 2 * 4, 2), 0);
                        break;
                    case 2: // eighths
                        Note(channel, bar, beat, 0.45, Degree(bar, 0, 2), 0);
                        Note(channel, bar, beat + _swing, 0.45, Degree(bar, 0, 2), -6);
                        break;
                    case 3: // walking
                        Note(channel, bar, beat, 0.9, Degree(bar, beat, 2), 0);
                        break;
                }
    }

    private void PlayMelody(int channel)
    {
        var octave = _random.Next(4, 7);
        var length = new[] { 0.5, 1, 2 }[_random.Next(3)];
        var rests = 0.4 * _random.NextDouble();
        var step = 0;
        for (var beat = 0.0; beat < _barCount * _beatsOfBar; beat += length)
        {
            step = Math.Clamp(step + _random.Next(-2, 3), -4, 9);
            if (!Chance(rests))
                Note(channel, 0, beat, length * 0.9, Degree((int)beat / _beatsOfBar, step, octave), 8);
        }
    }

    private void PlayDrums()
    {
        const int Kick = 36, Snare = 38, Brush = 40, ClosedHat = 42, OpenHat = 46, Crash = 49, Ride = 51, Clap = 39;
        var pattern = _random.Next(5);
        for (var bar = 0; bar < _barCount; bar++)
            for (var beat = 0; beat < _beatsOfBar; beat++)
            {
                var isBack = beat % 2 == 1;
                switch (pattern)
                {
                    case 0: // rock
                        Hit(bar, beat, isBack ? Snare : Kick);
                        Hit(bar, beat, ClosedHat);
                        Hit(bar, beat + _swing, ClosedHat);
                        break;
                    case 1: // on every beat, for dancing
                        Hit(bar, beat, Kick);
                        Hit(bar, beat + 0.5, OpenHat);
                        if (isBack)
                            Hit(bar, beat, Clap);
                        break;
                    case 2: // double bass drum
                        for (var part = 0; part < 4; part++)
                            Hit(bar, beat + part / 4.0, Kick);
                        Hit(bar, beat, isBack ? Snare : Crash);
                        break;
                    case 3: // soft
                        Hit(bar, beat, Ride, -30);
                        if (isBack)
                            Hit(bar, beat, Brush, -30);
                        break;
                    case 4 when beat == 0:
                        Hit(bar, 0, Kick, -10);
                        break;
                }
            }

        void Hit(int bar, double beat, int drum, int louder = 5) => Note(DrumChannel, bar, beat, 0.2, drum, louder);
    }

    /// <summary>A note of the bar's chord or around it: 0 is its root, 2 its third.</summary>
    private int Degree(int bar, int step, int octave)
    {
        var degree = _chords[bar % _chords.Length] + step;
        var octaves = (int)Math.Floor(degree / 7.0);
        return Math.Clamp(12 * (octave + 1 + octaves) + _tonic + _mode[degree - 7 * octaves] - (_tonic > 6 ? 12 : 0), 0, 127);
    }

    /// <summary>A note, a little early or late, softer or louder, as people play.</summary>
    private void Note(int channel, int bar, double beat, double beats, int note, int louder)
    {
        var start = (long)Math.Max(0, (bar * _beatsOfBar + beat) * TicksOfBeat + _random.Next(-8, 9));
        var velocity = Math.Clamp(_loudness + louder + _random.Next(-8, 9), 1, 127);
        var on = new NoteOnEvent(start, channel, note, velocity, Math.Max(1, (int)(beats * TicksOfBeat)));
        _events.AddEvent(on, channel);
        _events.AddEvent(on.OffEvent!, channel);
    }
}
