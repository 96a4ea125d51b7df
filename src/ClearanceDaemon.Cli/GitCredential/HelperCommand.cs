namespace ClearanceDaemon.Cli.GitCredential;

/// <summary>The command line of a credential helper, found by git's own rules (gitcredentials(7), "CUSTOM HELPERS").</summary>
/// <param name="Program">A path.</param>
/// <param name="Argv">The whole command line.</param>
internal sealed record HelperCommand(string Program, string[] Argv)
{
    /// <param name="helper">The words of <c>credential.helper</c>: <c>!</c> and a snippet of shell, an absolute path, or a name that git puts <c>git credential-</c> before.</param>
    /// <param name="operation">What git puts last: get, store, erase.</param>
    /// <param name="searchPath">Where git is.</param>
    public static HelperCommand Of(string[] helper, string operation, string? searchPath)
    {
        var (name, rest) = (helper[0], helper[1..]);
        if (name.StartsWith('!'))
        {
            return new HelperCommand("/bin/sh", ["/bin/sh", "-c", name[1..] + " \"$@\"", name[1..], .. rest, operation]);
        }

        if (name.StartsWith('/'))
        {
            return new HelperCommand(name, [name, .. rest, operation]);
        }

        var git = SearchPath.Find("git", searchPath) ?? throw new NoAnswerException("git is not on PATH, so the credential helper cannot be run.");
        return new HelperCommand(git, ["git", "credential-" + name, .. rest, operation]);
    }

    /// <summary>Becomes the helper.</summary>
    /// <exception cref="NoAnswerException">It cannot be run. Its words are not shown: a snippet may hold a secret.</exception>
    public NoAnswerException Become() =>
        new($"the credential helper cannot be run: {Successor.Become(Program, Argv)}. Check credential.helper in git's configuration.");
}
