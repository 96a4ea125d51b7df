using System.Globalization;

namespace ClearanceDaemon.Cli.Notifications;

/// <summary>A notice as notify-send's command line. No text of an asker is ever an option, a button or its id.</summary>
internal static class NoticeArguments
{
    public const string AllowOnceId = "clearance-allow-once";
    public const string DenyId = "clearance-deny";

    public static string[] Of(Notice notice) =>
    [
        "--app-name=Clearance",
        notice.IsUrgent ? "--urgency=critical" : "--urgency=normal",
        .. notice.Lasts > TimeSpan.Zero ? [string.Create(CultureInfo.InvariantCulture, $"--expire-time={(long)notice.Lasts.TotalMilliseconds}")] : (string[])[],
        .. Buttons(notice.Buttons),
        "--",
        notice.Summary,
        Body(notice.Body),
    ];

    /// <summary>What a line of notify-send's output means: only our own two ids decide, and only where they were offered.</summary>
    public static NoticeAnswer Read(string line, NoticeButtons offered) => line switch
    {
        AllowOnceId when offered == NoticeButtons.AllowOrDeny => NoticeAnswer.AllowOnce,
        DenyId when offered != NoticeButtons.None => NoticeAnswer.Deny,
        _ => NoticeAnswer.Nothing,
    };

    /// <summary>Plain text as what turns back into it: servers read markup, and before them notify-send reads C's escapes.</summary>
    private static string Body(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\\", "\\\\", StringComparison.Ordinal);

    private static string[] Buttons(NoticeButtons buttons) => buttons switch
    {
        NoticeButtons.AllowOrDeny => [$"--action={AllowOnceId}=Allow once", $"--action={DenyId}=Deny"],
        NoticeButtons.Deny => [$"--action={DenyId}=Deny"],
        // A notice that notify-send does not wait for cannot be closed. Buttons imply it, and then a failure ends notify-send;
        // asked for by name it waits for a notice that was never shown, too.
        _ => ["--wait"],
    };
}
