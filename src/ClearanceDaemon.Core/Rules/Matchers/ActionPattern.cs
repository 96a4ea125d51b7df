using System.Text;

namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>
/// Matches an action: segments between dots, <c>*</c> for exactly one of them, <c>**</c> at the end for one or more.
/// So <c>**</c> alone is every action, and <c>net.**</c> is not <c>net</c>.
/// </summary>
internal sealed class ActionPattern
{
    private ActionPattern(string text)
    {
        Text = text;
        Segments = [.. text.Split('.').Select(Encoding.ASCII.GetBytes)];
        HasRest = Segments[^1].AsSpan().SequenceEqual("**"u8);
        IsExact = !text.Contains('*', StringComparison.Ordinal);
    }

    public string Text { get; }

    public IReadOnlyList<byte[]> Segments { get; }

    public bool HasRest { get; }

    public bool IsExact { get; }

    public static bool IsAnySegment(ReadOnlySpan<byte> segment) => segment.SequenceEqual("*"u8);

    /// <summary>Null when the text is no pattern.</summary>
    public static ActionPattern? Create(string text)
    {
        var segments = text.Split('.');
        if (text.Length > Protocol.ProtocolLimits.ActionBytes || segments.Length > Protocol.ProtocolLimits.ActionSegments)
        {
            return null;
        }

        for (var i = 0; i < segments.Length; i++)
        {
            var wild = segments[i] == "*" || (segments[i] == "**" && i == segments.Length - 1);
            if (!wild && (segments[i].Length == 0 || !segments[i].All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')))
            {
                return null;
            }
        }

        return new(text);
    }

    public bool Matches(ReadOnlySpan<byte> action)
    {
        var ended = false;
        for (var i = 0; i < Segments.Count; i++)
        {
            if (ended)
            {
                return false;
            }

            if (HasRest && i == Segments.Count - 1)
            {
                return !action.IsEmpty;
            }

            var segment = TakeSegment(ref action, out ended);
            if (segment.IsEmpty || (!segment.SequenceEqual(Segments[i]) && !IsAnySegment(Segments[i])))
            {
                return false;
            }
        }

        return ended;
    }

    /// <summary>Cuts the first segment and its dot off <paramref name="action"/>.</summary>
    public static ReadOnlySpan<byte> TakeSegment(ref ReadOnlySpan<byte> action, out bool last)
    {
        var dot = action.IndexOf((byte)'.');
        last = dot < 0;
        var segment = last ? action : action[..dot];
        action = last ? default : action[(dot + 1)..];
        return segment;
    }

    public string Describe() => JsonQuote.Of(Text);
}
