namespace SongMood.Reports.Html;

/// <summary>Room for the words around a chart's data, in pixels.</summary>
internal readonly record struct ChartMargins(double Left, double Right, double Bottom, double Top);
