using System.Globalization;
using SongMood.Audio;
using SongMood.Evaluation;
using SongMood.Training;

namespace SongMood.Tests;

/// <summary>Results are written for people, with a decimal point whatever the machine's culture.</summary>
public class ResultTextTests
{
    [Fact]
    public void Results_read_well_under_any_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;
            Assert.Equal("0,5", $"{0.5}"); // the culture is in force
            Assert.Equal("2 channels, 44100 Hz, 0.5 s", new Waveform([new float[22050], new float[22050]], 44100).ToString());
            Assert.Equal("1 channel, 22050 Hz, 0 s", new Waveform([[]], 22050).ToString());
            Assert.Equal("MP3, 1 channel, 22050 Hz, 1.5 s, 62.5 kb/s: The Ones - One", new AudioInfo
            {
                Format = "MP3",
                SampleRate = 22050,
                ChannelCount = 1,
                Duration = TimeSpan.FromSeconds(1.5),
                BitRate = 62500,
                Artist = "The Ones",
                Title = "One",
            }.ToString());
            Assert.Equal("0.652 to 0.731", new ConfidenceInterval(0.6521, 0.7309).ToString());
            Assert.Equal("2 songs: accuracy 100.0 %, macro F1 1.00, log loss 0.308",
                MoodMetrics.Compute(new Predictions(["calm", "sad"], [0, 1], [[0.9f, 0.1f], [0.4f, 0.6f]])).ToString());
            var epoch = new EpochReport
            {
                Epoch = 7,
                EpochCount = 100,
                TrainingLoss = 0.81234,
                TrainingAccuracy = 0.68,
                LearningRate = 1e-3,
            };
            Assert.Equal("epoch 7 of 100: loss 0.8123, accuracy 68.0 %", epoch.ToString());
            Assert.Equal("epoch 7 of 100: loss 0.8123, accuracy 68.0 %; validation loss 0.9012, accuracy 61.5 %, best so far",
                (epoch with { ValidationLoss = 0.9012, ValidationAccuracy = 0.615, IsBest = true }).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
