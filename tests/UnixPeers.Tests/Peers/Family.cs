using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace UnixPeers.Tests.Peers;

/// <summary>Real processes that connect and say their name, related as their scripts make them. All end with it. Also compiled into the
/// core's tests.</summary>
internal sealed class Family : IDisposable
{
    /// <summary>What every script starts with. Who leaves the family ends: <c>stay</c> returns never.</summary>
    private const string Prelude = """
        import ctypes, os, socket, sys
        libc = ctypes.CDLL(None)
        def join(name):
            try:
                s = socket.socket(socket.AF_UNIX)
                s.connect(sys.argv[1])
                s.sendall(name.encode() + b'\n')
                return s
            except OSError:
                os._exit(0)
        def hear(s):
            try:
                heard = s.recv(1)
            except OSError:
                heard = b''
            if heard == b'':
                os._exit(0)
        def stay(s):
            while True:
                hear(s)
        def fork(then):
            if os.fork() == 0:
                then()
                os._exit(0)
        def child(name, session=False):
            fork(lambda: (os.setsid() if session else None, stay(join(name))))

        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("family-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Process> _started = [];
    private readonly Dictionary<string, Relative> _met = new(StringComparer.Ordinal);

    internal Family()
    {
        Assert.SkipUnless(PeerProcess.IsSupported, "this kernel has no SO_PEERPIDFD (Linux 6.5)");
        _listener.Bind(new UnixDomainSocketEndPoint(Address));
        _listener.Listen(64);

        // Other users take part in some tests.
        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(Address, (UnixFileMode)0x1B6);
    }

    internal static string[] AsNobody => ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    internal string Folder => _directory;

    private string Address => Path.Combine(_directory, "s");

    /// <summary>Whether a program that puts another into a sandbox works here.</summary>
    internal static void SkipUnlessWorks(string[] prefix)
    {
        Assert.SkipUnless(File.Exists(prefix[0]), prefix[0] + " is not installed");
        using Process probe = Process.Start(new ProcessStartInfo(prefix[0], [.. prefix[1..], "/bin/true"]) { RedirectStandardError = true })!;
        string error = probe.StandardError.ReadToEnd();
        probe.WaitForExit();
        Assert.SkipUnless(probe.ExitCode == 0, $"{string.Join(' ', prefix)} does not work here: {error}");
    }

    /// <summary>Starts a script, perhaps under a program that starts it in its own way.</summary>
    internal Process Start(string script, params string[] prefix)
    {
        string[] command = [.. prefix, "/usr/bin/python3", "-I", "-c", Prelude + script, Address];
        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true })!;
        _started.Add(process);
        return process;
    }

    /// <summary>Starts a process that only joins.</summary>
    internal Relative StartOne(string name, params string[] prefix)
    {
        Start($"stay(join('{name}'))", prefix);
        return Meet(name);
    }

    /// <summary>Waits for the one of this name.</summary>
    internal Relative Meet(string name)
    {
        while (!_met.ContainsKey(name))
        {
            Assert.True(_listener.Poll(Deadline, SelectMode.SelectRead), $"{name} did not come");
            Socket socket = _listener.Accept();
            _met.Add(ReadName(socket), new Relative(socket));
        }

        return _met[name];
    }

    public void Dispose()
    {
        foreach (Relative relative in _met.Values)
        {
            relative.Dispose();
        }

        _listener.Dispose();
        foreach (Process process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static string ReadName(Socket socket)
    {
        StringBuilder name = new();
        byte[] one = new byte[1];
        while (socket.Receive(one) == 1 && one[0] != '\n')
        {
            name.Append((char)one[0]);
        }

        return name.ToString();
    }
}
