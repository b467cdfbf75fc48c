using System.Text.Json;

namespace SongMood.Learning;

/// <summary>
/// What a sweep has finished, as it goes: JSON lines, the first of which says which sweep it is. A line is written in one piece when its
/// trial is done; one that was torn is dropped.
/// </summary>
internal sealed class SweepJournal : IDisposable
{
    private readonly LineFile _file;
    private readonly Dictionary<(int Trial, int Epochs), TrialResult> _results = [];

    /// <param name="path">The file, which need not be there.</param>
    /// <param name="sweep">What the results depend on, by name.</param>
    /// <exception cref="LearningFileException">The file is of another sweep, or no such file.</exception>
    public SweepJournal(string path, IReadOnlyDictionary<string, string> sweep)
    {
        Path = path;
        _file = new LineFile(path);
        try
        {
            Read(sweep);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public int Count => _results.Count;

    public TrialResult? Find(int trial, int epochs) => _results.GetValueOrDefault((trial, epochs));

    public void Add(TrialResult result)
    {
        _results[(result.Trial, result.Epochs)] = result;
        Append(result);
    }

    public void Dispose() => _file.Dispose();

    private void Read(IReadOnlyDictionary<string, string> sweep)
    {
        if (!_file.IsEmptyOrBegins('{'))
            throw NoJournal(1, null);
        var number = 0;
        foreach (var (_, line) in _file.ReadAll())
        {
            if (++number == 1)
                CheckSame(Parse<Dictionary<string, string>>(line, number), sweep);
            else if (Parse<TrialResult>(line, number) is var result)
                _results[(result.Trial, result.Epochs)] = result;
        }
        if (number == 0)
            Append(sweep);
    }

    private void Append<T>(T value) => _file.Append(JsonSerializer.Serialize(value, TrialResult.JsonOptions), toDisk: true);

    private T Parse<T>(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, TrialResult.JsonOptions) ?? throw NoJournal(number, null);
        }
        catch (JsonException error)
        {
            throw NoJournal(number, error);
        }
    }

    private void CheckSame(Dictionary<string, string> there, IReadOnlyDictionary<string, string> here)
    {
        var differences = there.Keys.Union(here.Keys)
            .Where(key => there.GetValueOrDefault(key) != here.GetValueOrDefault(key))
            .Select(key => $"{key} is {there.GetValueOrDefault(key, "not given")} there and {here.GetValueOrDefault(key, "not given")} "
                + $"here").ToArray();
        if (differences.Length > 0)
            throw new LearningFileException(
                $"{Path} is of another sweep: {string.Join("; ", differences)}. {Term.OtherSweep}, or remove {Path} to begin anew.");
    }

    private LearningFileException NoJournal(int line, Exception? inner) =>
        new($"{Path}, line {line}: this is nothing that {Term.Sweeper} wrote. {Term.OtherSweep}, or remove the file to begin anew.", inner);
}
