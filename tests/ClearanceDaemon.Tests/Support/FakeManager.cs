namespace ClearanceDaemon.Tests.Support;

/// <summary>Plays the service manager: makes the sockets, hands them over from descriptor 3 on, and becomes the daemon.</summary>
internal static class FakeManager
{
    private const string Script = """
        import fcntl, os, socket, sys
        mode, names, count, paths = int(sys.argv[1], 8), sys.argv[2], int(sys.argv[3]), sys.argv[4:4 + int(sys.argv[3])]
        os.umask(0o077)
        high = []
        for path in paths:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            s = socket.socket(socket.AF_UNIX); s.bind(path); os.chmod(path, mode); s.listen(64)
            high.append(fcntl.fcntl(s.fileno(), fcntl.F_DUPFD, 100))
        for i, fd in enumerate(high):
            os.dup2(fd, 3 + i, inheritable=True); os.close(fd)
        os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(count), LISTEN_FDNAMES=names)
        command = sys.argv[4 + count:]
        os.execv(command[0], command)
        """;

    /// <summary>Starts the daemon with these sockets.</summary>
    /// <param name="home">Where it lives.</param>
    /// <param name="names">FileDescriptorName= of each, with colons between.</param>
    /// <param name="paths">Where each listens.</param>
    /// <param name="mode">SocketMode=, octal.</param>
    /// <param name="flags">What the daemon is started with.</param>
    public static DaemonProcess Start(Home home, string names, string[] paths, string mode = "600", params string[] flags) => DaemonProcess.StartCommand(
        home, ["/usr/bin/python3", "-c", Script, mode, names, $"{paths.Length}", .. paths, DaemonProcess.Binary, .. flags]);
}
