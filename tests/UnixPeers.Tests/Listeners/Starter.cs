using UnixPeers.Tests.Peers;

namespace UnixPeers.Tests.Listeners;

/// <summary>Another process with this library in it: a second daemon, one under another umask, user or namespace.</summary>
internal sealed class Starter : IDisposable
{
    /// <summary>An ordinary user that owns nothing.</summary>
    internal const uint OrdinaryUid = 4242;

    private const string AnswerPrefix = "answer ";

    private readonly Child _child;

    internal Starter(params string[] prefix)
    {
        var command = (string[])[.. prefix, Child.SelfPath, "-explicit", "only", "-method", $"{typeof(StarterHost).FullName}.{nameof(StarterHost.Obey)}", "-noLogo", "-noColor"];
        _child = Child.Run(command);
    }

    internal static string[] AsOrdinaryUser => ["/usr/bin/setpriv", "--reuid=4242", "--regid=4242", "--clear-groups"];

    internal int Pid => _child.Pid;

    public void Dispose() => _child.Dispose();

    internal void Kill() => _child.Kill();

    internal void Say(params string[] words) => _child.Say(string.Join('\t', words));

    internal string Hear()
    {
        string line;
        do
        {
            line = _child.Hear();
        }
        while (!line.StartsWith(AnswerPrefix, StringComparison.Ordinal));

        return line[AnswerPrefix.Length..];
    }

    internal string Ask(params string[] words)
    {
        Say(words);
        return Hear();
    }
}
