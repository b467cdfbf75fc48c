using System.Globalization;
using System.Text;

namespace SongMood.Training;

/// <summary>
/// The curves of a training as a CSV file, one line an epoch, written anew after each so that it can be looked at any time. Where
/// training goes on from a checkpoint, the lines of the epochs before stay.
/// </summary>
internal sealed class CurveFile
{
    private const string Header =
        "epoch,training_loss,training_accuracy,validation_loss,validation_accuracy,learning_rate,is_best,seconds\n";

    private readonly string _path;
    private readonly StringBuilder _text = new(Header);

    /// <param name="path">The file: it is written at once, so that a path which cannot be is an error before training.</param>
    /// <param name="epochsDone">The epochs whose lines are kept.</param>
    public CurveFile(string path, int epochsDone)
    {
        _path = path;
        if (epochsDone > 0 && File.Exists(path))
            foreach (var line in File.ReadLines(path))
                if (int.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && epoch <= epochsDone)
                    _text.Append(line).Append('\n');
        Write();
    }

    public void Add(EpochReport report)
    {
        _text.Append(string.Create(CultureInfo.InvariantCulture, $"{report.Epoch},{report.TrainingLoss:r},{report.TrainingAccuracy:r},"));
        _text.Append(string.Create(CultureInfo.InvariantCulture, $"{report.ValidationLoss:r},{report.ValidationAccuracy:r},"));
        _text.Append(string.Create(CultureInfo.InvariantCulture, $"{report.LearningRate:r},{(report.IsBest ? 1 : 0)},"));
        _text.Append(string.Create(CultureInfo.InvariantCulture, $"{report.Elapsed.TotalSeconds:f3}\n"));
        Write();
    }

    private void Write() => AtomicFile.Write(_path, stream => stream.Write(Encoding.UTF8.GetBytes(_text.ToString())));
}
