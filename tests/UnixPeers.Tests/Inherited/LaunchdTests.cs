using System.Net.Sockets;
using UnixPeers.Native;

namespace UnixPeers.Tests.Inherited;

/// <summary>launchd's hand-over through a fake of its one call; the descriptors are real.</summary>
public sealed class LaunchdTests
{
    [Fact]
    public void B42_every_descriptor_of_every_name_is_taken()
    {
        using HandedOver given = new HandedOver().Listener().Listener().Listener();
        FakeLaunchd launchd = new() { ["ask"] = (0, [given.First, given.First + 1]), ["operator"] = (0, [given.First + 2]) };
        List<InheritedSocket> taken = InheritedSockets.TakeLaunchd(launchd, ["ask", "operator"]);

        Assert.Equal([("ask", given.First), ("ask", given.First + 1), ("operator", given.First + 2)],
            taken.Select(socket => (socket.Name, (int)socket.Handle.DangerousGetHandle())));
        Assert.All(taken, socket => Assert.True(HandedOver.IsCloseOnExec((int)socket.Handle.DangerousGetHandle())));
    }

    [Theory]
    [InlineData(LibC.Darwin.ENOENT)]
    [InlineData(LibC.Darwin.ESRCH)]
    [InlineData(LibC.Darwin.EALREADY)]
    public void B42_what_is_not_there_is_none(int errno)
    {
        using HandedOver given = new HandedOver().Listener();
        FakeLaunchd launchd = new() { ["gone"] = (errno, []), ["ask"] = (0, [given.First]) };
        Assert.Equal("ask", Assert.Single(InheritedSockets.TakeLaunchd(launchd, ["gone", "ask"])).Name);
        Assert.Empty(InheritedSockets.TakeLaunchd(launchd, ["gone"]));
        Assert.Empty(InheritedSockets.TakeLaunchd(launchd, []));
    }

    [Theory]
    [InlineData(LibC.Darwin.EINVAL)]
    [InlineData(53)]
    public void B42_other_failures_are_told_by_name_and_the_rest_can_be_used(int errno)
    {
        using HandedOver given = new HandedOver().Listener();
        FakeLaunchd launchd = new() { ["bad"] = (errno, []), ["ask"] = (0, [given.First]) };
        InheritedSocketException thrown = Assert.Throws<InheritedSocketException>(
            () => InheritedSockets.TakeLaunchd(launchd, ["bad", "ask"]));
        Assert.Contains($"'bad': errno {errno}", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("ask", Assert.Single(thrown.Usable).Name);
    }

    [Fact]
    public void B42_a_bad_descriptor_among_several_is_named()
    {
        using HandedOver given = new HandedOver().Listener().Socket(AddressFamily.Unix, SocketType.Dgram).Nothing();
        FakeLaunchd launchd = new() { ["ask"] = (0, [given.First, given.First + 1, given.First + 2]) };
        InheritedSocketException thrown = Assert.Throws<InheritedSocketException>(() => InheritedSockets.TakeLaunchd(launchd, ["ask"]));
        Assert.Contains($"descriptor {given.First + 1} ('ask'): it is not a stream socket", thrown.Message, StringComparison.Ordinal);
        Assert.Single(thrown.Usable);
        Assert.True(HandedOver.IsCloseOnExec(given.First + 1));
    }

    private sealed class FakeLaunchd : Dictionary<string, (int Errno, int[] Descriptors)>, ILaunchd
    {
        public int ActivateSocket(string name, out int[] descriptors)
        {
            (int errno, descriptors) = this[name];
            return errno;
        }
    }
}
