using System.Net;
using System.Net.Sockets;
using UnixPeers.Tests.Native;

namespace UnixPeers.Tests.Inherited;

/// <summary>What systemd hands over, right and wrong; the descriptors are real.</summary>
public sealed class InheritedSocketsTests
{
    private const int Pid = 4242;

    [Fact]
    public void B41_sockets_come_with_their_names_close_on_exec_and_still_blocking()
    {
        using HandedOver given = new HandedOver().Listener().Listener().Listener();
        FakeEnvironment environment = Environment("3", "ask:ask.claude:operator");
        List<InheritedSocket> taken = InheritedSockets.TakeSystemd(environment, Pid, given.First);

        Assert.Equal(["ask", "ask.claude", "operator"], taken.Select(socket => socket.Name));
        Assert.Equal([given.First, given.First + 1, given.First + 2], taken.Select(socket => (int)socket.Handle.DangerousGetHandle()));
        foreach (InheritedSocket socket in taken)
        {
            int descriptor = (int)socket.Handle.DangerousGetHandle();
            Assert.True(HandedOver.IsCloseOnExec(descriptor));
            Assert.Equal(0, TestLibC.fcntl(descriptor, TestLibC.F_GETFL) & TestLibC.O_NONBLOCK);
            socket.Dispose();
            Assert.False(HandedOver.IsOpen(descriptor));
        }
    }

    [Fact]
    public void B40_all_variables_are_removed_and_a_second_call_gives_none()
    {
        using HandedOver given = new HandedOver().Listener();
        FakeEnvironment environment = new(
            ("LISTEN_PID", "4242"), ("LISTEN_FDS", "1"), ("LISTEN_FDNAMES", "ask"), ("LISTEN_PIDFDID", "99"),
            ("PATH", "/bin"), ("XLISTEN_FDS", "1"));
        Assert.Single(InheritedSockets.TakeSystemd(environment, Pid, given.First));
        Assert.Equal(["PATH", "XLISTEN_FDS"], environment.Names);
        Assert.Empty(InheritedSockets.TakeSystemd(environment, Pid, given.First));
    }

    [Theory]
    [InlineData("4243")]
    [InlineData("42420")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(" 4242")]
    [InlineData(null)]
    public void B41_what_was_meant_for_another_process_is_ignored_and_cleared(string? pid)
    {
        using HandedOver given = new HandedOver().Listener();
        FakeEnvironment environment = pid is null
            ? new(("LISTEN_FDS", "1"), ("LISTEN_FDNAMES", "ask"))
            : new(("LISTEN_PID", pid), ("LISTEN_FDS", "1"), ("LISTEN_FDNAMES", "ask"));
        Assert.Empty(InheritedSockets.TakeSystemd(environment, Pid, given.First));
        Assert.Empty(environment.Names);
        Assert.True(HandedOver.IsOpen(given.First));
        Assert.False(HandedOver.IsCloseOnExec(given.First));
    }

    [Fact]
    public void B41_a_count_of_zero_is_none()
    {
        Assert.Empty(InheritedSockets.TakeSystemd(Environment("0", null), Pid, 3));
        Assert.Empty(InheritedSockets.TakeSystemd(Environment("0", ""), Pid, 3));
        Assert.Empty(InheritedSockets.TakeSystemd(new FakeEnvironment(("LISTEN_PID", "4242")), Pid, 3));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("2147483648")]
    [InlineData("2147483647")]
    [InlineData("4294967297")]
    [InlineData("one")]
    [InlineData("1 ")]
    [InlineData("+1")]
    [InlineData("0x1")]
    [InlineData("")]
    public void B41_what_is_no_count_is_refused(string count)
    {
        FakeEnvironment environment = Environment(count, null);
        InheritedSocketException thrown = Refused(environment, 3);
        Assert.Contains($"'{count}'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("LISTEN_FDS", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(environment.Names);
        Assert.Empty(thrown.Usable);
    }

    [Fact]
    public void B41_the_largest_count_names_the_first_descriptor_that_is_not_open()
    {
        using HandedOver given = new HandedOver().Listener();
        InheritedSocketException thrown = Refused(Environment($"{int.MaxValue - given.First}", null), given.First);
        Assert.Contains($"descriptor {given.First + 1} ('unknown'): it is not open", thrown.Message, StringComparison.Ordinal);
        thrown = Refused(Environment($"{int.MaxValue - given.First + 1}", null), given.First);
        Assert.Contains("LISTEN_FDS", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("one:two:three")]
    [InlineData("a:b:")]
    public void B41_names_and_sockets_are_as_many(string names)
    {
        using HandedOver given = new HandedOver().Listener().Listener();
        InheritedSocketException thrown = Refused(Environment("2", names), given.First);
        Assert.Contains($"'{names}'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("for 2 sockets", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(["unknown", "unknown"], thrown.Usable.Select(socket => socket.Name));
    }

    [Theory]
    [InlineData(null, "unknown", "unknown")]
    [InlineData("", "unknown", "unknown")]
    [InlineData(":", "unknown", "unknown")]
    [InlineData("one:", "one", "unknown")]
    public void Without_a_name_a_socket_is_unknown(string? names, string first, string second)
    {
        using HandedOver given = new HandedOver().Listener().Listener();
        List<InheritedSocket> taken = InheritedSockets.TakeSystemd(Environment("2", names), Pid, given.First);
        Assert.Equal([first, second], taken.Select(socket => socket.Name));
    }

    [Fact]
    public void B41_a_file_is_refused() => IsRefused(given => given.File(), "it is not a socket");

    [Fact]
    public void B41_a_datagram_socket_is_refused() =>
        IsRefused(given => given.Socket(AddressFamily.Unix, SocketType.Dgram), "it is not a stream socket");

    [Fact]
    public void B41_a_sequenced_socket_is_refused() =>
        IsRefused(given => given.Socket(AddressFamily.Unix, SocketType.Seqpacket), "it is not a stream socket");

    [Fact]
    public void B41_a_connected_socket_is_refused() =>
        IsRefused(given => given.Connected(), "it is a connected socket, not a listening one");

    [Fact]
    public void B41_a_socket_that_does_not_listen_is_refused() =>
        IsRefused(given => given.Socket(AddressFamily.Unix, SocketType.Stream), "it is not listening");

    [Fact]
    public void B41_a_listener_of_another_family_is_refused() => IsRefused(
        given => given.Socket(AddressFamily.InterNetwork, SocketType.Stream, socket =>
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Listen();
        }),
        "it is not a Unix-domain socket");

    [Fact]
    public void B41_a_closed_descriptor_is_refused() => IsRefused(given => given.Nothing(), "it is not open");

    private static FakeEnvironment Environment(string count, string? names) => names is null
        ? new(("LISTEN_PID", "4242"), ("LISTEN_FDS", count))
        : new(("LISTEN_PID", "4242"), ("LISTEN_FDS", count), ("LISTEN_FDNAMES", names));

    private static InheritedSocketException Refused(FakeEnvironment environment, int first) =>
        Assert.Throws<InheritedSocketException>(() => InheritedSockets.TakeSystemd(environment, Pid, first));

    /// <summary>One good socket and then a bad one: the bad one is named, the good one can be used, nothing leaks to children.</summary>
    private static void IsRefused(Func<HandedOver, HandedOver> addBad, string reason)
    {
        using HandedOver given = addBad(new HandedOver().Listener());
        InheritedSocketException thrown = Refused(Environment("2", "good:bad"), given.First);

        Assert.Contains($"descriptor {given.Last} ('bad'): {reason}.", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("good", Assert.Single(thrown.Usable).Name);
        Assert.True(HandedOver.IsCloseOnExec(given.First));
        Assert.True(HandedOver.IsCloseOnExec(given.Last) || !HandedOver.IsOpen(given.Last));
    }
}
