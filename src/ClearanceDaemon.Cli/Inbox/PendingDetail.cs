using System.Globalization;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>
/// Everything known of an ask, as rows of one width. Only our own words stand left of column <see cref="ValueColumn"/>, so no
/// text of an asker, however long, can pass for one of the groups.
/// </summary>
internal sealed class PendingDetail
{
    public const int ValueColumn = 11;
    private const string CleanedNote = " [cleaned]";
    private readonly List<InboxRow> _rows = [];

    /// <param name="item">The ask.</param>
    /// <param name="refusal">Why a verdict on it was refused; shown whole, above all else.</param>
    /// <param name="width">Of the pane, in columns.</param>
    public PendingDetail(PendingItem item, SafeText refusal, int width)
    {
        Width = width;
        if (refusal.Length > 0)
        {
            Group(InboxStyle.Bad, "REFUSED", refusal.ToString());
        }

        Verified(item.Verified);
        Asked(item.Ask);
        AskedEnd = _rows.Count;
        if (item.Failed is { } failed)
        {
            Group(InboxStyle.Bad, "FAILED", $"{HandlerWords.Failed(failed)}; {HandlerWords.Tries(failed)}; {HandlerWords.TryAgain}");
        }

        Observed(item.Observed);
        Claimed(item.Claimed);
        Rule(item);
    }

    public int Width { get; }

    public IReadOnlyList<InboxRow> Rows => _rows;

    /// <summary>How many rows, from the first, must have been seen before an allow: all that says what is asked.</summary>
    public int AskedEnd { get; }

    private void Verified(VerifiedFacts facts)
    {
        var pid = facts.Pid is { } number ? SafeText.Of($"pid {number}") : SafeText.Of($"pid unknown");
        Group(InboxStyle.Verified, "VERIFIED", SafeText.Of($"by the kernel: uid {facts.Uid}, {pid}, via {facts.Via}").ToString());
    }

    private void Asked(AskedFor ask)
    {
        Group(InboxStyle.Strong, "ASKED", ask.Action);
        Value("resource", ask.Resource);
        Value("as", ask.As);
        foreach (var (name, value) in ask.Details ?? [])
        {
            Add(InboxStyle.Dim, "  detail", $"{DetailValue.Of(name)} = {DetailValue.Of(value)}", InboxStyle.Plain);
        }

        for (var i = 0; i < ask.Argv?.Length; i++)
        {
            Add(InboxStyle.Dim, string.Create(CultureInfo.InvariantCulture, $"  argv {i}"), DetailValue.Of(ask.Argv[i]), InboxStyle.Plain);
        }
    }

    private void Observed(PrincipalFacts facts)
    {
        if (facts.Container is { } container)
        {
            Group(InboxStyle.Observed, "OBSERVED", $"not proof: {facts.Principal} {container}, by its reporter's word");
            return;
        }

        var pid = facts.Pid is { } number ? SafeText.Of($", pid {number}") : SafeText.None;
        Group(InboxStyle.Observed, "OBSERVED", SafeText.Of($"not proof: {facts.Principal}{pid}, {State(facts.State)}").ToString());
        Value("program", facts.Exe);
        Value("name", facts.Command);
        Value("unit", facts.Unit);
        Value("started", facts.Started);
    }

    private void Claimed(ClaimedFacts facts)
    {
        if (facts is { Title: null, Reason: null, Project: null })
        {
            return;
        }

        Group(InboxStyle.Claimed, "CLAIMED", "by the asker, checked by nobody");
        Value("title", facts.Title);
        Value("reason", facts.Reason);
        Value("project", facts.Project);
    }

    private void Rule(PendingItem item)
    {
        Group(InboxStyle.Dim, "RULE", item.Rule ?? "none matched: a person decides");
        Value("says", item.RuleReason);
        var ceiling = item.Ceiling is null ? "" : $", at most {item.Ceiling}";
        Value("scopes", string.Join(", ", item.Scopes) + ceiling);
        Value("changed", item.Changed is { Length: > 0 } changed ? $"{string.Join(", ", changed)}: a grant fits but for this" : null);
        Value("key", item.Key);
        Value("id", item.Id);
        Value("digest", item.Digest);
    }

    private static string State(string state) => state switch
    {
        PrincipalState.Known => "alive when seen",
        PrincipalState.Changed => "NOT the program first seen",
        PrincipalState.Gone => "has exited",
        PrincipalState.Unknown => "nothing could be read",
        _ => state,
    };

    private void Group(InboxStyle style, string heading, string text) => Add(style, heading, text, style);

    private void Value(string label, string? value)
    {
        if (value is not null)
        {
            Add(InboxStyle.Dim, "  " + label, DetailValue.Of(value), InboxStyle.Plain);
        }
    }

    private void Add(InboxStyle labelStyle, string label, string value, InboxStyle style)
    {
        var lines = WrapText.Lines(value, Width - ValueColumn);
        for (var i = 0; i < lines.Count; i++)
        {
            var row = new InboxRow(Width);
            row.Add(SafeText.Of($"{(i == 0 ? label : "        .")}"), i == 0 ? labelStyle : InboxStyle.Dim).PadTo(ValueColumn).Add(lines[i], style);
            _rows.Add(row);
        }

        if (DisplayText.Clean(value).Changed)
        {
            Note(CleanedNote);
        }
    }

    /// <summary>Our own remark after the last row, on a row of its own where there is no room.</summary>
    private void Note(string note)
    {
        if (_rows[^1].Room < note.Length)
        {
            _rows.Add(new InboxRow(Width).Add(SafeText.Of($"        .")));
            _rows[^1].PadTo(ValueColumn);
        }

        _rows[^1].Add(SafeText.Of($"{note}"), InboxStyle.Doubtful);
    }
}
