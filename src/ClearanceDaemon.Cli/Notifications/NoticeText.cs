using System.Globalization;
using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Notifications;

/// <summary>
/// Gathers a notice's texts. Every value is cleaned and cut on the way in; whether any of them was not shown whole and as it is
/// decides what the notice may offer.
/// </summary>
internal sealed class NoticeText
{
    private readonly List<string> _lines = [];

    /// <summary>Something was replaced by a visible code.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Something did not fit.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Every value stands there whole and as it is.</summary>
    public bool IsWhole => !IsChanged && !IsCut;

    /// <summary>A text of this program.</summary>
    public void Own(string line) => Add(line);

    /// <summary>A label of this program and a value of somebody else's; no line where there is no value.</summary>
    public void Value(string label, string? value)
    {
        if (value is not null)
        {
            Add($"{label}: {Clean(value, NoticeLimits.ValueColumns)}");
        }
    }

    /// <summary>As <see cref="Value"/>, in quotes: words that nobody checked.</summary>
    public void Quote(string label, string? value)
    {
        if (value is not null)
        {
            Add($"{label}: “{Clean(value, NoticeLimits.ValueColumns)}”");
        }
    }

    /// <summary>One line for the summary.</summary>
    public string Summary(string before, string value) => before + Clean(value, NoticeLimits.SummaryColumns);

    public string Body() => string.Join('\n', _lines);

    private string Clean(string value, int columns)
    {
        var clean = DisplayText.Clean(value, columns);
        IsChanged |= clean.Changed;
        IsCut |= clean.Cut;
        return clean.Cut
            ? new StringBuilder(clean.Text).Append(CultureInfo.InvariantCulture, $" … ({clean.Length} characters) … {clean.Tail}").ToString()
            : clean.Text;
    }

    private void Add(string line)
    {
        if (_lines.Count < NoticeLimits.BodyLines)
        {
            _lines.Add(line);
        }
        else
        {
            IsCut = true;
        }
    }
}
