using ClearanceDaemon.Cli.Notifications;

namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>
/// The command that a host runs, as text for a shell. It replaces the shell, so that the host is the hook's parent and its asks the
/// host's; and where the program is gone it blocks, since hosts let through what a missing hook did not answer.
/// </summary>
/// <param name="Program">The absolute path of clearance.</param>
/// <param name="Arguments">From <c>hook</c> on.</param>
internal sealed record HookEntry(string Program, string[] Arguments)
{
    private const string Test = "test -x ";
    private const string Exec = " && exec ";
    private const string Otherwise = "; echo ";
    private const string Block = " >&2; exit 2";

    /// <summary>The host it is for.</summary>
    public string? Host => Value("hook");

    public string? Via => Value("--via");

    public string? Wait => Value("--wait");

    /// <summary>Any POSIX shell, zsh and fish read it alike.</summary>
    public string Command() =>
        $"{Test}{Word(Program)}{Exec}{ShellWords.Of([Program, .. Arguments])}{Otherwise}{Word(Missing(Program))}{Block}";

    /// <summary>Reads back what <see cref="Command"/> wrote; null for any other command.</summary>
    public static HookEntry? TryRead(string command)
    {
        if (!command.StartsWith(Test, StringComparison.Ordinal) || command.IndexOf(Exec, StringComparison.Ordinal) is not (> 0 and var exec))
        {
            return null;
        }

        var words = ShellText.Words(command.AsSpan(exec + Exec.Length));
        return words is [['/', ..] program, .. var arguments] && Array.IndexOf(arguments, "hook") >= 0 && new HookEntry(program, arguments) is var entry && entry.Command() == command
            ? entry
            : null;
    }

    private static string Missing(string program) => $"clearance is gone from {program}, so nothing is allowed: install it again, or take this hook out";

    private static string Word(string text) => ShellWords.Of([text]);

    private string? Value(string flag) => Array.IndexOf(Arguments, flag) is >= 0 and var at && at + 1 < Arguments.Length ? Arguments[at + 1] : null;
}
