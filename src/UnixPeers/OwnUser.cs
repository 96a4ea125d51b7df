using UnixPeers.Native;

namespace UnixPeers;

/// <summary>Who we are, as the kernel judges it.</summary>
public static class OwnUser
{
    /// <summary>Our effective user id (geteuid(2)): the one that files we make and connections we open carry.</summary>
    public static uint Uid => LibC.geteuid();
}
