using System.Text.Json;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Output;

/// <summary>Shows texts of others in so many columns each, and remembers whether any of them had to be cleaned or cut.</summary>
internal sealed class Shown(int columns = int.MaxValue)
{
    /// <summary>Something was replaced by a code.</summary>
    public bool Cleaned { get; private set; }

    /// <summary>Something is longer than what was shown of it.</summary>
    public bool Cut { get; private set; }

    public SafeText Text(string text)
    {
        var clean = DisplayText.Clean(text, columns);
        Cleaned |= clean.Changed;
        Cut |= clean.Cut;
        return clean.Cut
            ? SafeText.Of($"{clean.Text}… ({clean.Length} characters, ends {clean.Tail})")
            : SafeText.Of($"{clean.Text}");
    }

    /// <summary>A member as the flags of <c>ask</c> write it: <c>name=text</c>, or <c>name:=42</c> for what is no text.</summary>
    public SafeText Member(string name, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? SafeText.Of($"{Text(name)}={Text(value.GetString()!)}")
        : SafeText.Of($"{Text(name)}:={Text(value.GetRawText())}");

    /// <summary>A command line as a shell would need it, so that two that differ never look the same.</summary>
    public SafeText Argv(IEnumerable<string> argv) => Text(string.Join(' ', argv.Select(Quote)));

    private static string Quote(string element) =>
        element.Length > 0 && element.All(static c => char.IsAsciiLetterOrDigit(c) || "_./:=@%+,-".Contains(c))
            ? element
            : $"'{element.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
