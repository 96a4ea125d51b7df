using System.Text;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>Names without a file: bytes of an exact length.</summary>
public sealed class AbstractListenerTests
{
    internal static UnixAddress Unique() => UnixAddress.Parse($"@unixpeers-{Guid.NewGuid():N}");

    [Fact]
    public void A_taken_name_is_in_use_whoever_has_it()
    {
        var address = Unique();
        using (var first = UnixListener.Bind(address, Options))
        {
            Assert.True(UnixListeners.HasLiveListener(address));
            var error = Fails(UnixSocketFault.InUse, () => UnixListener.Bind(address, Options));
            Assert.StartsWith($"ask socket {address}: already running", error.Message, StringComparison.Ordinal);
        }

        // Children that other tests start hold our descriptors until they exec.
        Eventually.True(() => !UnixListeners.HasLiveListener(address), "the name is still taken");
        UnixListener.Bind(address, Options).Dispose();
    }

    [Fact]
    public void Names_are_bytes_of_an_exact_length()
    {
        byte[] stem = [.. Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")), 0, 0xff, 0xfe, (byte)'\n', 0];
        var shorter = UnixAddress.FromAbstract(stem);
        var longer = UnixAddress.FromAbstract([.. stem, 0]);
        using var first = UnixListener.Bind(shorter, Options);
        Assert.False(Connects(longer));
        using var second = UnixListener.Bind(longer, Options);
        Assert.True(Connects(shorter));
        Assert.True(Connects(longer));
    }

    [Fact]
    public void The_longest_name_works()
    {
        var address = UnixAddress.FromAbstract(Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N").PadRight(107, 'x')));
        using var listener = UnixListener.Bind(address, Options);
        Assert.True(UnixListeners.HasLiveListener(address));
        Assert.True(Connects(address));
    }

    [Fact]
    public void A_python_client_finds_it()
    {
        var address = Unique();
        using var listener = UnixListener.Bind(address, Options);
        using var client = Child.Python("s = connect(sys.argv[1])\nsay(s.getpeername()[1:].decode())\nhear()", address.ToString());
        Assert.Equal(address.ToString()[1..], client.Hear());
    }

    private static bool Connects(UnixAddress address)
    {
        try
        {
            UnixPeerClient.Connect(address, TestLibC.geteuid()).Dispose();
            return true;
        }
        catch (UnixPeerException error) when (error.Kind == UnixPeerFault.Unreachable)
        {
            return false;
        }
    }
}
