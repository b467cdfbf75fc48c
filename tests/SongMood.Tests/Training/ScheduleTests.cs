using SongMood.Training;

namespace SongMood.Tests.Training;

public class ScheduleTests
{
    [Fact]
    public void Constant() => Check(LearningRateSchedule.Constant, (0, 1), (5, 1), (9.9, 1));

    [Fact]
    public void Step() => Check(LearningRateSchedule.Step(3, 0.5), (0, 1), (2.99, 1), (3, 0.5), (6.5, 0.25), (9.5, 0.125));

    [Fact]
    public void Cosine_with_warm_up() => Check(LearningRateSchedule.Cosine(0.2, 0.1), (1, 0.5), (2, 1), (6, 0.55), (10, 0.1));

    [Fact]
    public void One_cycle() =>
        Check(LearningRateSchedule.OneCycle(0.3, 25, 1e4), (0, 0.04), (1.5, 0.52), (3, 1), (6.5, 0.50005), (10, 1e-4));

    [Fact]
    public void Cyclic() => Check(LearningRateSchedule.Cyclic(4, 0.2), (0, 0.2), (1, 0.6), (2, 1), (3, 0.6), (4, 0.2), (6, 1));

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.OneCycle(initialDivisor: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cyclic(2, double.NaN));
    }

    [Fact]
    public void No_schedule_goes_above_the_rate_or_below_nothing()
    {
        LearningRateSchedule[] schedules =
        [
            LearningRateSchedule.Constant, LearningRateSchedule.Step(1, 0), LearningRateSchedule.Cosine(0), LearningRateSchedule.Cosine(1),
            LearningRateSchedule.Cosine(1e-5), LearningRateSchedule.OneCycle(0), LearningRateSchedule.OneCycle(1),
            LearningRateSchedule.Cyclic(1, 0),
            LearningRateSchedule.Cyclic(7, 1),
        ];
        foreach (var schedule in schedules)
            foreach (var epochs in new[] { 1, 2, 10 })
                for (var done = 0.0; done <= epochs; done += 0.125)
                    Assert.InRange(schedule.Factor(done, epochs), 0, 1);
        Assert.True(LearningRateSchedule.Cosine().Factor(0, 10) > 0); // the first step of a warm-up moves too
    }

    private static void Check(LearningRateSchedule schedule, params (double EpochsDone, double Factor)[] points) =>
        Assert.All(points, point => Assert.Equal(point.Factor, schedule.Factor(point.EpochsDone, 10), 1e-9));
}
