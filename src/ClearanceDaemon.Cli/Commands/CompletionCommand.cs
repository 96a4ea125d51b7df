using System.CommandLine;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance completion</c>: the script by which a shell asks this program for completions, so that they never go stale.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _clearance() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(clearance "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _clearance clearance
        """;

    private const string Zsh = """
        #compdef clearance
        _clearance() {
          local -a words_found
          words_found=("${(@f)$(clearance "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -a words_found || _files
        }
        compdef _clearance clearance
        """;

    private const string Fish = """
        complete -c clearance -a '(set -l line (commandline -cp); clearance "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
        """;

    public static Command Create(CommandContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var verb = new Verb("completion", "Print the completion script of a shell.", """
            clearance completion bash > ~/.local/share/bash-completion/completions/clearance
            clearance completion fish > ~/.config/fish/completions/clearance.fish
            """);
        verb.Arguments.Add(shell);
        verb.SetAction(parsed =>
        {
            context.Terminal.Script(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitCodes.Ok;
        });
        return verb;
    }
}
