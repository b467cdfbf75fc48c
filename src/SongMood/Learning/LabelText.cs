using System.Text;

namespace SongMood.Learning;

/// <summary>
/// The text of a label file or a list: UTF-8, or what its byte order mark says. Spreadsheets write UTF-16 with tabs, too.
/// </summary>
internal static class LabelText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="file">The file.</param>
    /// <param name="otherwise">What bytes are that are no UTF-8; null where there is no telling.</param>
    /// <exception cref="LabelledDataException">The bytes are no UTF-8; a letter of a name would be lost.</exception>
    public static string Read(string file, Encoding? otherwise = null)
    {
        if (SpecialFile.Fault(file) is { } fault)
            throw new LabelledDataException(file, null, null, $"{fault}.");
        var bytes = File.ReadAllBytes(file);
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), StrictUtf8, detectEncodingFromByteOrderMarks: true);
            var text = reader.ReadToEnd();
            return text.IndexOf('\0') is >= 0 and var at
                ? throw new LabelledDataException(file, 1 + text.AsSpan(0, at).Count('\n'), null,
                    "the line has characters of code 0, as UTF-16 without a byte order mark has. Save the file as UTF-8.")
                : text;
        }
        catch (DecoderFallbackException) when (otherwise is not null)
        {
            return otherwise.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new LabelledDataException(file, LineOfFirstFault(bytes), null,
                "the line is not UTF-8. Save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\").", error);
        }
    }

    private static int LineOfFirstFault(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        for (var line = 1; ; line++)
        {
            var length = bytes[start..].IndexOf((byte)'\n');
            if (!System.Text.Unicode.Utf8.IsValid(length < 0 ? bytes[start..] : bytes.Slice(start, length)) || length < 0)
                return line;
            start += length + 1;
        }
    }
}
