using System.Text.RegularExpressions;

namespace ClearanceDaemon.Architecture;

/// <summary>What happens in one place only, so that whoever reviews it has seen all of it.</summary>
public sealed class OnePlaceTests
{
    /// <summary>Where any exception may be caught, and why there.</summary>
    private static readonly Dictionary<string, string> CatchAlls = new(StringComparer.Ordinal)
    {
        ["src/ClearanceDaemon.Core/Dispatch/Dispatcher.cs"] = "a handler's fault is answered internal and logged; it must not end the session",
        ["src/ClearanceDaemon.Core/Transport/Reactor.cs"] = "a fault in one connection's work ends that connection, not everybody's",
        ["src/ClearanceDaemon.Core/ClearanceServer.cs"] = "a reactor that dies takes the process down in order, with exit code 70",
        ["src/ClearanceDaemon/Program.cs"] = "whatever a start throws has an exit code, and inherited sockets on which callers are told",
        ["src/ClearanceDaemon.Cli/Hooks/HookRun.cs"] = "a fault on its thread would end the program with an exit code that lets the agent's call through",
        ["src/ClearanceDaemon.Cli/CommandLine.cs"] = "whatever goes wrong, the exit code is one that means no",
        ["src/ClearanceDaemon.Cli/Mcp/PermissionCall.cs"] = "whatever goes wrong with one call, the host is told no, and the other calls go on",
    };

    private static readonly string[] Accepting =
    [
        "src/ClearanceDaemon.Core/Transport/ListenerPort.cs",
        "src/UnixPeers/ListenerProbe.cs",
        "src/UnixPeers/NativeSocket.cs",
    ];

    [Fact]
    public void Socket_options_are_read_in_one_file() => House.Holds(
        SourceTree.Outside(Pattern(@"\bgetsockopt\(|GetRawSocketOption|\.GetSocketOption\("), static file => file.Path == "src/UnixPeers/SocketOption.cs" || IsNative(file)),
        "a short answer and an errno are told apart there, and tests put every failure of the kernel in its place.",
        "go through SocketOption, with the SocketOptionReader of the caller.");

    [Fact]
    public void Only_peer_files_ask_who_the_peer_is() => House.Holds(
        SourceTree.Outside(
            Pattern(@"\b(SO_PEERCRED|SO_PEERGROUPS|SO_PEERPIDFD|LOCAL_PEERCRED|LOCAL_PEERPID|LOCAL_PEERTOKEN)\b"),
            static file => file.IsIn("src/UnixPeers") && (file.Stem is "PeerCredentials" or "PeerProcess" || IsNative(file))),
        "an identity that is read elsewhere is an identity whose refusals somebody forgot.",
        "call PeerCredentials.Read or PeerProcess.Pin and treat every case of the result.");

    [Fact]
    public void Only_the_listening_port_accepts() => House.Holds(
        SourceTree.Outside(Pattern(@"\baccept4?\(|\.Accept(Async)?\("), static file => Accepting.Contains(file.Path) || IsNative(file)),
        "admission happens where connections come in; a second place to accept is a second door.",
        "give the listener to Reactor.Listen. (The probe accepts its own connection only, to see that the path leads to us.)");

    [Fact]
    public void Processes_are_started_by_the_handlers_process_and_in_one_file_of_the_command_line() => House.Holds(
        SourceTree.Outside(
            Pattern(@"\bProcess\.Start\b|\bProcessStartInfo\b|new Process\b|\b(fork|vfork|posix_spawnp?|system|popen)\("),
            static file => file.Path == "src/ClearanceDaemon.Cli/ChildProcess.cs" || file.IsIn("src/ClearanceDaemon/HandlersMode") || (file.IsIn("src/ClearanceDaemon") && IsNative(file))),
        "the daemon executes nothing, and forbids itself to (NoExec); what it needs run, `clearanced --handlers` runs. The command line runs notify-send, and for `doctor` systemctl and `clearanced --check-rules`; it becomes another program in Successor.",
        "let the handlers process start it.");

    [Fact]
    public void The_daemon_forbids_itself_to_start_programs_before_it_serves()
    {
        var program = SourceTree.Read("src/ClearanceDaemon/Program.cs");
        var forbidden = program.IndexOf("NoExec.Install(", StringComparison.Ordinal);
        Assert.True(forbidden >= 0, "Program.cs no longer calls NoExec.Install.");
        Assert.True(forbidden < program.IndexOf("new ClearanceServer(", StringComparison.Ordinal), "Program.cs makes a server before the process can start no program.");
    }

    [Fact]
    public void Becoming_another_program_happens_in_one_file() => House.Holds(
        SourceTree.Outside(Pattern(@"\bexecv[pe]*\("), static file => file.Path == "src/ClearanceDaemon.Cli/Successor.cs" || IsNative(file)),
        "`exec` and `git-credential` become what was allowed, `rules check` the daemon's own reader; what the runtime changed in the process is put right there.",
        "call Successor.Become.");

    [Fact]
    public void The_wall_clock_is_read_through_TimeProvider() => House.Holds(
        SourceTree.Outside(Pattern(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b"), static _ => false),
        "what reads the clock itself can't be tested at midnight, across a month's end or with the clock set back.",
        "take a TimeProvider and call GetUtcNow().");

    [Fact]
    public void Native_imports_live_in_Native_folders() => House.Holds(
        SourceTree.Outside(Pattern(@"\[(Library|Dll)Import\b|NativeLibrary\."), IsNative),
        "signatures are checked against the manual in one go, and a package can take the folder's place.",
        "declare it in the project's Native/LibC, under the C library's own name.");

    [Fact]
    public void Only_the_program_sets_the_umask() => House.Holds(
        SourceTree.Outside(Pattern(@"\bumask\("), static file => file.IsIn("src/ClearanceDaemon")),
        "the umask belongs to the whole process; a library that changes it changes the files of other threads (B02, B03).",
        "create with the mode that is wanted and check it afterwards, as PrivateDirectory and BoundPath do.");

    [Fact]
    public void Any_exception_is_caught_in_the_listed_places_only() => House.Holds(
        SourceTree.Outside(Pattern(@"\bcatch \((System\.)?Exception( \w+)?\)(?!\s*when\b)"), static file => CatchAlls.ContainsKey(file.Path)),
        "a catch-all hides the fault nobody thought of; expected failures have types. Allowed: "
            + string.Join("; ", CatchAlls.Select(static place => $"{place.Key} ({place.Value})")) + ".",
        "catch what you can name, or filter with `when`.");

    [Fact]
    public void The_list_of_catch_alls_is_true() => Assert.All(
        CatchAlls.Keys, static path => Assert.Contains(SourceTree.Product, file => file.Path == path && file.Find(Pattern(@"\bcatch \(Exception")).Any()));

    [Fact]
    public void A_bare_catch_cleans_up_and_throws_again() => House.Holds(
        SourceTree.Product.SelectMany(static file => BareCatches(file)),
        "a bare catch is there to give back what was taken; one that swallows is a catch-all without a name.",
        "end the block with `throw;`.");

    private static IEnumerable<string> BareCatches(SourceFile file)
    {
        var code = file.Code().ToArray();
        for (var at = 0; at < code.Length; at++)
        {
            if (code[at].Text.Trim() != "catch")
            {
                continue;
            }

            var indent = code[at].Text.Length - code[at].Text.TrimStart().Length;
            var block = code.Skip(at + 1).TakeWhile(line => line.Text != new string(' ', indent) + "}");
            if (!block.Any(static line => line.Text.Trim() == "throw;"))
            {
                yield return $"{file.Path}:{code[at].Number}: a bare catch that does not throw again";
            }
        }
    }

    private static bool IsNative(SourceFile file) => file.Folders.Contains("Native");

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant);
}
