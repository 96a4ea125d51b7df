using System.Globalization;

namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Matches one member of an ask's details by its name and by its text, integer or bool; a value of another kind does not match.</summary>
internal sealed class DetailMatcher
{
    private readonly byte[] _name;
    private readonly DetailKind _kind;
    private readonly ValueMatcher? _text;
    private readonly long _number;

    public DetailMatcher(byte[] name, ValueMatcher text)
    {
        _name = name;
        _kind = DetailKind.String;
        _text = text;
    }

    /// <param name="name">The member's name.</param>
    /// <param name="kind">Integer or bool.</param>
    /// <param name="number">For a bool 0 or 1.</param>
    public DetailMatcher(byte[] name, DetailKind kind, long number)
    {
        _name = name;
        _kind = kind;
        _number = number;
    }

    public ReadOnlySpan<byte> Name => _name;

    public bool Matches(AskMembers ask)
    {
        for (var i = 0; i < ask.DetailCount; i++)
        {
            if (ask.DetailName(i).SequenceEqual(_name))
            {
                return ask.DetailKind(i) == _kind && (_text is null ? ask.DetailNumber(i) == _number : _text.Matches(ask.DetailText(i)));
            }
        }

        return false;
    }

    public string Describe() => JsonQuote.Of(_name) + ":" + DescribeValue();

    private string DescribeValue() => _kind switch
    {
        DetailKind.Bool => _number == 0 ? "false" : "true",
        DetailKind.Integer => _number.ToString(CultureInfo.InvariantCulture),
        _ => _text!.Describe(),
    };
}
