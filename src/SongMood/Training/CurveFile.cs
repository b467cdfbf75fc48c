using System.Globalization;
using System.Text;

namespace SongMood.Training;

/// <summary>The curves of a training as a CSV file, one line an epoch, written anew after each so that it can be looked at any time.</summary>
internal sealed class CurveFile(string path)
{
    private readonly StringBuilder _text =
        new("epoch,training_loss,training_accuracy,validation_loss,validation_accuracy,learning_rate,is_best,seconds\n");

    public void Add(EpochReport report)
    {
        _text.Append(string.Create(CultureInfo.InvariantCulture,
            $"{report.Epoch},{report.TrainingLoss:r},{report.TrainingAccuracy:r},{report.ValidationLoss:r},{report.ValidationAccuracy:r},"));
        _text.Append(string.Create(CultureInfo.InvariantCulture, $"{report.LearningRate:r},{(report.IsBest ? 1 : 0)},{report.Elapsed.TotalSeconds:f3}\n"));
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(_text.ToString())));
    }
}
