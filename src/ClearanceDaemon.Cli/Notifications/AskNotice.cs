using System.Globalization;
using System.Text.Json;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Notifications;

/// <summary>What a person sees of an ask: what is asked and what is known first, what is only claimed last and in quotes.</summary>
internal static class AskNotice
{
    private const string Inbox = "clearance watch";

    /// <param name="item">The ask.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    public static Notice Of(PendingItem item, long now)
    {
        var text = new NoticeText();
        var summary = text.Summary("May I? ", item.Ask.Action);
        text.Value("FAILED", item.Failed is { } failed ? $"{HandlerWords.FailedInShort(failed)}; {HandlerWords.TryAgain}" : null);
        Asked(text, item.Ask);
        Known(text, item);
        text.Quote("It says", item.Claimed.Title);
        text.Quote("Reason", item.Claimed.Reason);
        text.Quote("Project", item.Claimed.Project);
        var (buttons, hint) = text switch
        {
            { IsWhole: true } => (NoticeButtons.AllowOrDeny, ""),
            { IsCut: true } => (NoticeButtons.Deny, $"\nThis is not all of it. To allow it: {Inbox}"),
            _ => (NoticeButtons.Deny, $"\nCharacters that hide or act are shown as codes. To allow it: {Inbox}"),
        };
        return new Notice(summary, text.Body() + hint, buttons, IsUrgent: true, Remaining(item, now));
    }

    /// <summary>The one notice for all asks beyond <see cref="NoticeLimits.OpenAsks"/>.</summary>
    public static Notice OfMore(int count) => new(
        count == 1 ? "1 more ask waits" : string.Create(CultureInfo.InvariantCulture, $"{count} more asks wait"),
        $"To see and answer them: {Inbox}",
        NoticeButtons.None,
        IsUrgent: true,
        NoticeLimits.Longest);

    /// <summary>The verdict was refused, or never arrived.</summary>
    public static Notice OfTrouble(PendingItem item, string message)
    {
        var text = new NoticeText();
        var summary = text.Summary("Not decided: ", item.Ask.Action);
        text.Own(DisplayText.Clean(message).Text);
        return new Notice(summary, text.Body(), NoticeButtons.None, IsUrgent: false, TimeSpan.Zero);
    }

    public static Notice OfLockdown(LockdownState state)
    {
        var text = new NoticeText();
        text.Quote("Reason", state.Reason);
        text.Own("To lift it: clearance lockdown off");
        return new Notice("Lockdown: everything is denied", text.Body(), NoticeButtons.None, IsUrgent: true, NoticeLimits.Longest);
    }

    private static void Asked(NoticeText text, AskedFor ask)
    {
        text.Value("On", ask.Resource);
        foreach (var (name, value) in ask.Details ?? [])
        {
            text.Value("Detail", $"{name} = {Show(value)}");
        }

        text.Value("Command", ask.Argv is { } argv ? ShellWords.Of(argv) : null);
    }

    /// <summary>A string in quotes, which tell it from a number of the same digits.</summary>
    private static string Show(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value.GetRawText();
        }

        try
        {
            return $"\"{value.GetString()}\"";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which is no text.
            return "\"\ud800\"";
        }
    }

    private static void Known(NoticeText text, PendingItem item)
    {
        text.Value("Through socket", item.Verified.Via);
        var seen = item.Observed;
        text.Value("Seen", seen.Container is { } container ? $"{seen.Principal} {container}, by its reporter's word" : string.Create(
            CultureInfo.InvariantCulture, $"{(seen.State == PrincipalState.Known ? "" : seen.State + ", ")}{seen.Exe ?? seen.Command ?? "a process"}, pid {seen.Pid ?? item.Verified.Pid ?? 0} ({seen.Principal})"));
        text.Quote("Rule", item.RuleReason ?? item.Rule);
        text.Value("Not as granted before", item.Changed is { Length: > 0 } changed ? string.Join(", ", changed) : null);
    }

    private static TimeSpan Remaining(PendingItem item, long now)
    {
        var left = Timestamp.TryParse(item.Deadline, out var deadline) ? TimeSpan.FromMilliseconds(deadline - now) : NoticeLimits.Longest;
        return TimeSpan.FromTicks(Math.Clamp(left.Ticks, TimeSpan.TicksPerSecond, NoticeLimits.Longest.Ticks));
    }
}
