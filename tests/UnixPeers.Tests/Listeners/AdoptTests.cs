using System.Net;
using System.Net.Sockets;
using UnixPeers.Tests.Native;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>Sockets that a service manager made: checked as if we had, and never removed.</summary>
[Collection(SharingDescriptors.Name)]
public sealed class AdoptTests
{
    [Fact]
    public void A_good_one_is_taken_over_and_its_path_stays()
    {
        using var directory = new TempDirectory();
        var handle = Listen(directory.Socket);
        NativeSocket.SetCloseOnExec(handle, false);
        var listener = UnixListener.Adopt(handle, Options);
        Assert.True(listener.IsInherited);
        Assert.Equal(directory.Socket, listener.Address.Path);
        Assert.Equal(1, TestLibC.fcntl((int)handle.DangerousGetHandle(), TestLibC.F_GETFD));

        listener.Dispose();
        Assert.True(handle.IsClosed);
        Assert.NotNull(FileStatus.Of(directory.Socket));
    }

    [Theory]
    [InlineData("0666")]
    [InlineData("0660")]
    [InlineData("0400")]
    [InlineData("2600")]
    public void B12_a_lax_mode_of_the_socket_is_refused_and_named(string mode)
    {
        using var directory = new TempDirectory();
        using var handle = Listen(directory.Socket);
        Chmod(directory.Socket, Octal(mode));
        var error = Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(handle, OwnOptions));
        Assert.Contains("mode " + mode, error.Message, StringComparison.Ordinal);
        Assert.Contains("SocketMode=0600", error.Message, StringComparison.Ordinal);
        Assert.Equal(mode, FileStatus.Of(directory.Socket)!.Value.OctalMode);
        Assert.False(handle.IsClosed);
    }

    [Fact]
    public void B12_a_lax_parent_is_refused_and_not_tightened()
    {
        using var directory = new TempDirectory();
        using var handle = Listen(directory.Socket);
        Chmod(directory.Path, Octal("0755"));
        var error = Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(handle, OwnOptions));
        Assert.Contains("mode 0755", error.Message, StringComparison.Ordinal);
        Assert.Equal("0755", Mode(directory.Path));
    }

    [Fact]
    public void B12_a_replaced_or_missing_file_is_refused()
    {
        using var directory = new TempDirectory();
        using var handle = Listen(directory.Socket);
        File.Delete(directory.Socket);
        Assert.Contains("no socket file", Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(handle, Options)).Message, StringComparison.Ordinal);
        File.WriteAllText(directory.Socket, "");
        Assert.Contains("a regular file", Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(handle, Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_users_socket_is_refused()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        using var handle = Listen(directory.Socket);
        Chown(directory.Socket, Starter.OrdinaryUid);
        Assert.Contains("belongs to uid 4242", Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(handle, Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_abstract_one_has_no_file_to_check()
    {
        var address = AbstractListenerTests.Unique();
        using var handle = NativeSocket.Create(nonBlocking: false);
        Assert.Equal(0, NativeSocket.Bind(handle, address));
        Assert.Equal(0, NativeSocket.Listen(handle, 5));
        using var listener = UnixListener.Adopt(handle, Options);
        Assert.Equal(address, listener.Address);
    }

    [Fact]
    public void A_relative_address_cannot_be_checked_and_is_refused()
    {
        var name = $"up-{Guid.NewGuid():N}";
        using var handle = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        handle.Bind(new UnixDomainSocketEndPoint(name));
        handle.Listen();
        var error = Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(handle.SafeHandle, Options));
        Assert.Contains("not an absolute path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_listen_on_a_unix_stream_is_refused()
    {
        using var directory = new TempDirectory();
        using var bound = NativeSocket.Create(nonBlocking: false);
        Assert.Equal(0, NativeSocket.Bind(bound, UnixAddress.FromPath(directory.Socket)));
        Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(bound, Options));

        using var datagram = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(datagram.SafeHandle, Options));

        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        Fails(UnixSocketFault.Refused, () => UnixListener.Adopt(tcp.Server.SafeHandle, Options));
    }

    private static SafeSocketHandle Listen(string path)
    {
        var handle = NativeSocket.Create(nonBlocking: false);
        Assert.Equal(0, NativeSocket.Bind(handle, UnixAddress.FromPath(path)));
        Chmod(path, Octal("0600"));
        Assert.Equal(0, NativeSocket.Listen(handle, 5));
        return handle;
    }
}
