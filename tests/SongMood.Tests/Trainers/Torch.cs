namespace SongMood.Tests.Trainers;

/// <summary>Tests that draw from torch's random numbers, of which a process has one stream, take turns.</summary>
[CollectionDefinition(nameof(Torch))]
public class Torch;
