namespace SongMood.Prediction;

/// <summary>What was measured of a song (<see cref="SongTelemetry"/>).</summary>
internal sealed record SongMeasures
{
    /// <summary>What the song is called.</summary>
    public required string Song { get; init; }

    /// <summary>When it was begun (UTC).</summary>
    public required DateTime Start { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Its mood; null where it could not be told.</summary>
    public string? Mood { get; init; }

    /// <summary>How long it lasts.</summary>
    public double AudioSeconds { get; init; }

    /// <summary>How long opening and decoding it took.</summary>
    public double DecodingSeconds { get; init; }

    /// <summary>The type of the error; null where its mood was told.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The error's message.</summary>
    public string? Error { get; init; }
}
