using System.Text;
using UnixPeers.Tests.Listeners;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;

namespace UnixPeers.Tests.Clients;

/// <summary>Reply lines: whole ones up to the cap, over both kinds of stream.</summary>
public sealed class ReplyCapTests
{
    private const int Cap = 100_000;

    private const string Serve = """
        s = socket.socket(socket.AF_UNIX)
        s.bind(sys.argv[1])
        s.listen(5)
        say('listening')
        c, _ = s.accept()
        while True:
            size, end = hear().split(' ')
            if end == 'close':
                c.sendall(b'x' * int(size))
                c.close()
                hear()
            c.sendall(b'x' * int(size) + b'\n')
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reply_at_the_cap_is_read_and_one_byte_more_refused(bool sync)
    {
        using var served = new Served(sync);
        foreach (var size in (int[])[0, 1, 4095, 4096, 4097, Cap - 1, Cap])
        {
            served.Server.Say($"{size} line");
            Assert.Equal(size, (await served.Read())!.Value.Length);
        }

        served.Server.Say($"{Cap + 1} line");
        var error = await Assert.ThrowsAsync<UnixPeerException>(async () => await served.Read());
        Assert.Equal(UnixPeerFault.ReplyTooLarge, error.Kind);
        Assert.Contains("more than 100000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void B31_a_reply_far_over_the_cap_costs_no_more_memory_than_the_cap()
    {
        using var served = new Served(sync: true);
        served.Server.Say($"{Cap * 1000} line");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<UnixPeerException>(() => served.Client.ReadLine());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cap * 4L);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_hangs_up_between_lines_is_the_end_and_within_one_a_fault(bool sync)
    {
        using (var served = new Served(sync))
        {
            served.Server.Say("5 line");
            served.Server.Say("0 close");
            Assert.Equal("xxxxx", Encoding.ASCII.GetString((await served.Read())!.Value.Span));
            Assert.Null(await served.Read());
        }

        using (var served = new Served(sync))
        {
            served.Server.Say("5 close");
            var error = await Assert.ThrowsAsync<UnixPeerException>(async () => await served.Read());
            Assert.Equal(UnixPeerFault.Unreachable, error.Kind);
            Assert.Contains("middle of its reply", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_dies_with_our_request_unread_is_unreachable(bool sync)
    {
        using var directory = new TempDirectory();
        var listener = UnixListener.Bind(UnixAddress.FromPath(directory.Socket), TempDirectory.Options);
        using var client = sync
            ? UnixPeerClient.Connect(listener.Address, TestLibC.geteuid())
            : await UnixPeerClient.ConnectAsync(listener.Address, TestLibC.geteuid());
        await client.Stream.WriteAsync("ping\n"u8.ToArray());
        listener.Dispose();
        var error = await Assert.ThrowsAsync<UnixPeerException>(async () => _ = sync ? client.ReadLine() : await client.ReadLineAsync());
        Assert.Equal(UnixPeerFault.Unreachable, error.Kind);
        Assert.Contains("the server was lost", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_lines_of_one_read_are_given_one_by_one()
    {
        var buffer = new ReplyBuffer(30);
        "ab\n\ncd"u8.CopyTo(buffer.Room().Span);
        buffer.Add(6);
        Assert.Equal("ab"u8.ToArray(), buffer.Take()!.Value.ToArray());
        Assert.Empty(buffer.Take()!.Value.ToArray());
        Assert.Null(buffer.Take());
        Assert.False(buffer.IsEmpty);
        "e\n"u8.CopyTo(buffer.Room().Span);
        buffer.Add(2);
        Assert.Equal("cde"u8.ToArray(), buffer.Take()!.Value.ToArray());
        Assert.Null(buffer.Take());
        Assert.True(buffer.IsEmpty);
    }

    [Theory]
    [InlineData("abc\n", "abc", false)]
    [InlineData("abcd\n", null, true)]
    [InlineData("abcd", null, true)]
    [InlineData("abc", null, false)]
    public void The_cap_counts_the_line_without_its_end(string bytes, string? line, bool over)
    {
        var buffer = new ReplyBuffer(3);
        foreach (var b in Encoding.ASCII.GetBytes(bytes))
        {
            Assert.Null(buffer.Take());
            if (!buffer.IsOverCap)
            {
                buffer.Room().Span[0] = b;
                buffer.Add(1);
            }
        }

        Assert.Equal(line, buffer.Take() is { } taken ? Encoding.ASCII.GetString(taken.Span) : null);
        Assert.Equal(over, buffer.IsOverCap);
    }

    private sealed class Served : IDisposable
    {
        private readonly TempDirectory _directory = new();
        private readonly bool _sync;

        internal Served(bool sync)
        {
            _sync = sync;
            Server = Child.Python(Serve, _directory.Socket);
            Assert.Equal("listening", Server.Hear());
            var address = UnixAddress.FromPath(_directory.Socket);
            Client = sync
                ? UnixPeerClient.Connect(address, TestLibC.geteuid(), maxReplyBytes: Cap)
                : UnixPeerClient.ConnectAsync(address, TestLibC.geteuid(), maxReplyBytes: Cap).GetAwaiter().GetResult();
        }

        internal Child Server { get; }

        internal UnixPeerConnection Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
            _directory.Dispose();
        }

        internal async Task<ReadOnlyMemory<byte>?> Read() => _sync ? Client.ReadLine() : await Client.ReadLineAsync();
    }
}
