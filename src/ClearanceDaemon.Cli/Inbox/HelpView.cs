namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What the keys and marks mean.</summary>
internal static class HelpView
{
    private static readonly string[] Lines =
    [
        "j k, arrows   move          Home End   first, last",
        "a   allow once              A   allow for longer, bound to what is shown",
        "d   deny                    D   deny and say why",
        "u   take back the grant that was made last",
        "PgUp PgDn   read all of the ask; needed before an allow where it is long",
        "/   filter, Esc clears it   L   lockdown: deny everything, or lift that",
        "?   this help               q   quit     ^L  redraw     ^Z  suspend",
        "",
        "12s[##------]48s   age, part of its time gone, time left by the daemon's clock",
        "×14   asked so often        >   under the cursor",
        "!   a verdict was refused or failed    ~   shown cleaned    *   a grant almost fits",
        "After something else came under the cursor by itself, deciding keys rest for half a second.",
        "Any key goes back.",
    ];

    public static IEnumerable<InboxRow> Rows(int width, int rows)
    {
        foreach (var line in Lines)
        {
            foreach (var part in WrapText.Lines(line, width))
            {
                if (rows-- <= 0)
                {
                    yield break;
                }

                yield return new InboxRow(width).Add(part);
            }
        }
    }
}
