namespace UnixPeers;

/// <summary>Which symbolic links on a path are followed.</summary>
internal enum LinkTrust
{
    /// <summary>Only a link that root made in a directory of root's.</summary>
    Roots,

    /// <summary>Our own links too.</summary>
    RootsAndOurs,
}
