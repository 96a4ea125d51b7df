using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Output;

/// <summary>Builds a <see cref="SafeText"/>: every hole goes through <see cref="DisplayText"/>, whoever the text is from, the daemon too.</summary>
[InterpolatedStringHandler]
internal readonly ref struct SafeTextHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(string? value) => _text.Append(DisplayText.Clean(value ?? "").Text);

    public void AppendFormatted(SafeText value) => _text.Append(value.ToString());

    public void AppendFormatted(long value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    internal string Take() => _text.ToString();
}
