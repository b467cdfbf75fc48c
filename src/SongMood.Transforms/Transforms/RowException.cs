using Microsoft.ML.Data;

namespace SongMood.Transforms;

/// <summary>
/// A row whose data a transform cannot take: a file that is missing or damaged, a value that is NaN. The message says which transform,
/// row and column it was, and what is wrong.
/// </summary>
/// <remarks>
/// ML.NET puts errors of its own around those of rows that several cursors or a cache read. SongMood's trainers, estimators and models
/// take these off again; where ML.NET's own trainers read the rows, <see cref="Exception.GetBaseException"/> of what was thrown is this
/// error. For that reason it has no <see cref="Exception.InnerException"/>: what it was made of is <see cref="Cause"/>.
/// </remarks>
public sealed class RowException : InvalidOperationException
{
    internal RowException(string component, DataViewRowId rowId, string column, string? value, Exception cause)
        : base($"{component}: row {CursorErrors.Name(rowId)}, column '{column}'{(value is null ? "" : $" ({value})")}: {cause.Message}") =>
        (Component, RowId, Column, Cause) = (component, rowId, column, cause);

    /// <summary>The transform that could not take the row, such as <c>LoadAudio</c>.</summary>
    public string Component { get; }

    /// <summary>
    /// The row: <see cref="DataViewRowId.Low"/> is its number in the source, from 0, which filters, shuffles and parallel cursors do not
    /// change; where <see cref="DataViewRowId.High"/> is not 0, a step before made new rows of those.
    /// </summary>
    public DataViewRowId RowId { get; }

    /// <summary>The column that was read.</summary>
    public string Column { get; }

    /// <summary>What went wrong, without the place: of <c>LoadAudio</c> a <see cref="SongMood.Audio.AudioFormatException"/>.</summary>
    public Exception Cause { get; }

    /// <summary>The message, the stack trace, and those of <see cref="Cause"/>.</summary>
    public override string ToString() => $"{base.ToString()}{Environment.NewLine}Cause: {Cause}";
}
