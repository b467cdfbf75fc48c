using TorchSharp;
using TorchSharp.Modules;

namespace SongMood.Training;

/// <summary>The curves of a training in the format that TensorBoard shows, through TorchSharp's writer.</summary>
internal sealed class TensorBoardLog(string folder)
{
    private readonly SummaryWriter _writer = torch.utils.tensorboard.SummaryWriter(folder);

    public void Add(EpochReport report)
    {
        Add("loss/training", report.TrainingLoss, report.Epoch);
        Add("accuracy/training", report.TrainingAccuracy, report.Epoch);
        Add("loss/validation", report.ValidationLoss, report.Epoch);
        Add("accuracy/validation", report.ValidationAccuracy, report.Epoch);
        Add("learning_rate", report.LearningRate, report.Epoch);
    }

    private void Add(string name, double? value, int epoch)
    {
        if (value is { } number)
            _writer.add_scalar(name, (float)number, epoch);
    }
}
