namespace ClearanceDaemon.Cli.Output;

/// <summary>
/// Text that may go to a terminal: it can only be made by an interpolated string, whose literal parts are ours and whose
/// holes are cleaned on the way in (<see cref="SafeTextHandler"/>).
/// </summary>
internal readonly struct SafeText
{
    private readonly string? _value;

    private SafeText(string value) => _value = value;

    public static SafeText None => default;

    public int Length => (_value ?? "").Length;

    public static SafeText Of(ref SafeTextHandler text) => new(text.Take());

    public static SafeText Of(SafeTextHandler text) => new(text.Take());

    /// <summary>The same text with blanks after it up to <paramref name="width"/> columns.</summary>
    public SafeText Pad(int width) => new(ToString().PadRight(width));

    /// <summary>The same text between two escape sequences of ours.</summary>
    public SafeText Between(string before, string after) => new(before + _value + after);

    public override string ToString() => _value ?? "";
}
