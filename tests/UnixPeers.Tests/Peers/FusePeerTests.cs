using System.Net.Sockets;

namespace UnixPeers.Tests.Peers;

/// <summary>A peer whose program lies on a FUSE mount that stops answering.</summary>
public sealed class FusePeerTests
{
    /// <summary>
    /// Mounts, in a namespace of its own, a file system with one file, a copy of cat; a child connects and execs it. After the line
    /// "hang" no
    /// request is answered any more, only told. Attributes are valid for no time at all, so whoever wants fresh ones must ask.
    /// </summary>
    private const string Server = """
        import threading
        LOOKUP, FORGET, GETATTR, OPEN, READ, RELEASE, FLUSH, INIT, INTERRUPT, BATCH_FORGET = 1, 2, 3, 14, 15, 18, 25, 26, 36, 42
        SILENT, ENOENT, ENOSYS = (FORGET, BATCH_FORGET, INTERRUPT), 2, 38
        try:
            fuse = os.open('/dev/fuse', os.O_RDWR)
        except OSError as e:
            say('skip: /dev/fuse: ' + e.strerror); sys.exit(0)
        if libc.unshare(0x20000) != 0 or libc.mount(b'none', b'/', None, 0x44000, None) != 0:
            say('skip: no mount namespace'); sys.exit(0)
        mount = sys.argv[2].encode()
        if libc.mount(b'hung', mount, b'fuse', 0, b'fd=%d,rootmode=40000,user_id=0,group_id=0' % fuse) != 0:
            say('skip: no FUSE mount'); sys.exit(0)
        data = open('/bin/cat', 'rb').read()
        hung = False

        def attributes(node):
            mode, size = (0o40755, 0) if node == 1 else (0o100755, len(data))
            return struct.pack('<6Q10I', node, size, (size + 511) // 512, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)

        def reply(unique, body=b'', error=0):
            os.write(fuse, struct.pack('<IiQ', 16 + len(body), -error, unique) + body)

        def answer(opcode, unique, node, body):
            if opcode == INIT:
                reply(unique, struct.pack('<IIIIHHIIHH', 7, 31, 65536, 0, 8, 8, 65536, 1, 0, 0) + bytes(32))
            elif opcode == LOOKUP:
                found = node == 1 and body == b'cat\0'
                reply(unique, struct.pack('<QQQQII', 77, 0, 0, 0, 0, 0) + attributes(77) if found else b'', 0 if found else ENOENT)
            elif opcode == GETATTR:
                reply(unique, struct.pack('<QII', 0, 0, 0) + attributes(node))
            elif opcode == OPEN:
                reply(unique, struct.pack('<QII', 0, 0, 0))
            elif opcode == READ:
                _, offset, size = struct.unpack_from('<QQI', body)
                reply(unique, data[offset:offset + size])
            else:
                reply(unique, b'', 0 if opcode in (RELEASE, FLUSH) else ENOSYS)

        def serve():
            while True:
                request = os.read(fuse, 1 << 20)
                _, opcode, unique, node = struct.unpack_from('<IIQQ', request)
                if hung:
                    say('asked %d' % opcode)
                elif opcode not in SILENT:
                    answer(opcode, unique, node, request[40:])

        threading.Thread(target=serve, daemon=True).start()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            s = connect(sys.argv[1]); s.set_inheritable(True)
            os.dup2(read, 0); os.close(fuse)
            os.execv(mount + b'/cat', ['cat'])
        os.write(write, b'there?\n')
        hear()
        hung = True
        say('hung')
        hear()
        """;

    [Fact]
    public async Task B73_a_hung_mount_does_not_hang_the_observer()
    {
        using PeerListener listener = new();
        string mount = Path.Combine(listener.Folder, "mount");
        Directory.CreateDirectory(mount);
        using Child fuse = Child.Python(Server, listener.Address, mount);
        string first = fuse.Hear();
        Assert.SkipWhen(first.StartsWith("skip: ", StringComparison.Ordinal), first);

        // The cat that was started from the mount shares the server's output.
        Assert.Equal("there?", first);
        using Socket server = listener.Accept();
        PeerCredentials credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server.SafeHandle)).Credentials;
        PeerPin pin = PeerProcess.Pin((int)server.Handle, credentials);
        Assert.SkipWhen(pin is PeerPin.Unsupported, "this kernel has no SO_PEERPIDFD");
        using PeerProcess process = Assert.IsType<PeerPin.Pinned>(pin).Process;
        fuse.Say("hang");
        Assert.Equal("hung", fuse.Hear());

        ObservedProcess seen = await Task.Run(process.Observe).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((ObservedState.Known, 77UL), (seen.State, seen.Executable?.Inode));
        Assert.Equal("cat", seen.CommandName);

        // The mount heard nothing of that. An ordinary stat does ask it (GETATTR, 3, or STATX, 52), and waits for ever.
        using Child stat = Child.Run(["/bin/sh", "-c", $"exec stat -L /proc/{process.Pid}/exe 2>/dev/null"]);
        try
        {
            Assert.Contains(fuse.Hear(), new[] { "asked 3", "asked 52" });
        }
        finally
        {
            // Before stat is waited for: it cannot be killed until the mount is gone.
            fuse.Kill();
        }
    }
}
