using System.Globalization;
using System.Text.RegularExpressions;

namespace SongMood.Learning;

/// <summary>
/// Reads the number columns of one label file. Where commas separate the columns, a point is the decimal sign. Where semicolons or tabs do,
/// as spreadsheets of many countries write them, it may be a comma: if no number of the file has a point, and one of them cannot be a
/// whole number with commas between its thousands. A number is never guessed: "0,71" is not 71, and "1,234" alone is refused.
/// </summary>
internal sealed partial class LabelNumbers
{
    private const string Advice = "Write numbers with a decimal point (0.71) and nothing between thousands.";

    private readonly bool _commaIsDecimal;
    private readonly string _whyNoComma;

    /// <param name="rows">All rows.</param>
    /// <param name="separator">What separates the columns.</param>
    public LabelNumbers(IEnumerable<LabelRow> rows, char separator)
    {
        _whyNoComma = "is not a number with a decimal point";
        if (separator == ',')
            return;
        (string Cell, int Line)? point = null;
        var (commas, decimals) = (false, false);
        foreach (var (cell, line) in rows.SelectMany(row => row.Numbers.OfType<string>().Select(cell => (cell, row.Line))))
        {
            if (cell.Contains('.'))
                point ??= (cell, line);
            commas |= cell.Contains(',');
            decimals |= cell.Contains(',') && !CommasBetweenThousands().IsMatch(cell);
        }
        _commaIsDecimal = commas && decimals && point is null;
        // The one with the point may be what is odd: whoever reads this sees both.
        _whyNoComma = point is { } other
            ? string.Create(CultureInfo.InvariantCulture, $"has a comma, while '{other.Cell}' on line {other.Line} has a point")
            : "may have a decimal comma or one between thousands";
    }

    /// <summary>The value of a cell; a faulty one is added to the faults.</summary>
    public float Read(string cell, int line, string column, LabelFaults faults)
    {
        var text = _commaIsDecimal ? cell.Replace(',', '.') : cell;
        // Float allows no separators of thousands, which would make 71 of "0,71".
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value))
            return value;
        var isComma = cell.Contains(',') && !_commaIsDecimal;
        faults.Add(line, column, $"'{cell}' " + (!isComma ? "is not a finite number"
            : cell.Contains('.') ? "has a comma and a point" : _whyNoComma),
            isComma ? Advice : "Mend the numbers, or leave their columns out of the features.");
        return 0;
    }

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}(,\d{3})+$", RegexOptions.CultureInvariant)]
    private static partial Regex CommasBetweenThousands();
}
