using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>One ask, whole: what is asked for, what the kernel vouches for, what was seen and what is only claimed, set apart. Nothing is cut.</summary>
internal sealed class PendingView(Terminal terminal, PendingItem item, Ages ages)
{
    private readonly Table _table = new();
    private readonly Shown _shown = new();

    public void Print()
    {
        Asked();
        Verified();
        Observed();
        Claimed();
        Terms();
        _table.Print(terminal);
        if (_shown.Cleaned)
        {
            terminal.Line($"{terminal.Paint(Colour.Doubtful, $"Codes such as \\u{{202e}} stand for characters that would hide or reorder text.")}");
        }
    }

    private void Asked()
    {
        Row("ask", _shown.Text(item.Id));
        Row("digest", _shown.Text(item.Digest));
        Row("asked", SafeText.Of($"{item.Asked}, {ages.Since(item.Asked)} ago, {Count.Of(item.Times, "time")}, {item.Waiting} waiting"));
        if (item.Failed is { } failed)
        {
            Row("failed", SafeText.Of($"{terminal.Paint(Colour.Bad, _shown.Text(HandlerWords.Failed(failed)))}"));
            Row("", _shown.Text($"{HandlerWords.Tries(failed)}; {HandlerWords.TryAgain}"));
        }

        Row("deadline", SafeText.Of($"{item.Deadline}, {ages.Until(item.Deadline)}{(ages.Until(item.Deadline) == "over" ? "" : " left")}"));
        Heading("asked for");
        Row("  action", _shown.Text(item.Ask.Action));
        Optional("  resource", item.Ask.Resource);
        foreach (var (name, value) in item.Ask.Details ?? [])
        {
            Row("  detail", _shown.Member(name, value));
        }

        foreach (var element in item.Ask.Argv ?? [])
        {
            Row("  argv", _shown.Argv([element]));
        }

        Optional("  as", item.Ask.As);
    }

    private void Verified()
    {
        Heading("verified by the kernel");
        Row("  peer", SafeText.Of($"uid {item.Verified.Uid}, gid {item.Verified.Gid}{Pid(item.Verified.Pid)}"));
        Row("  via", _shown.Text(item.Verified.Via));
    }

    private void Observed()
    {
        Heading("observed, no proof");
        if (item.Observed.Container is { } container)
        {
            Row("  principal", SafeText.Of($"{_shown.Text(item.Observed.Principal)} {_shown.Text(container)}, by its reporter's word"));
            return;
        }

        Row("  principal", SafeText.Of($"{_shown.Text(item.Observed.Principal)}{Pid(item.Observed.Pid)}, {_shown.Text(item.Observed.State)}"));
        Optional("  program", item.Observed.Exe);
        Optional("  command", item.Observed.Command);
        Optional("  unit", item.Observed.Unit);
        Optional("  started", item.Observed.Started);
    }

    private void Claimed()
    {
        Heading(item.Claimed == new ClaimedFacts() ? "claimed by the asker: nothing" : "claimed by the asker");
        Optional("  title", item.Claimed.Title);
        Optional("  reason", item.Claimed.Reason);
        Optional("  project", item.Claimed.Project);
    }

    private void Terms()
    {
        Heading("terms");
        Row("  scopes", _shown.Text(string.Join(", ", item.Scopes) + (item.Ceiling is null ? "" : $"; at most {item.Ceiling}")));
        Row("  rule", _shown.Text(item.Rule is null ? "none matched" : item.RuleReason is null ? item.Rule : $"{item.Rule}: {item.RuleReason}"));
        Optional("  key", item.Key);
        Optional("  changed", item.Changed is { Length: > 0 } changed ? $"{string.Join(", ", changed)}; a grant fits but for this" : null);
    }

    private static string Pid(int? pid) => pid is null ? "" : $", pid {pid}";

    private void Optional(string heading, string? text)
    {
        if (text is not null)
        {
            Row(heading, _shown.Text(text));
        }
    }

    private void Heading(string text) => _table.Row(SafeText.Of($"{text}"));

    private void Row(string heading, SafeText text) => _table.Row(SafeText.Of($"{heading}"), text);
}
