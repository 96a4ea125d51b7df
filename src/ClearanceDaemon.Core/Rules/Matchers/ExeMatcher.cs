namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>
/// Matches the program a peer runs by device and inode, so that neither argv[0] nor a copy with the same name counts.
/// A file that cannot be found at match time matches nobody.
/// </summary>
internal sealed class ExeMatcher(string path)
{
    public bool Matches(ObservedPeer observed, Func<string, (ulong Device, ulong Inode)?> identity) =>
        identity(path) is { } file && file.Device == observed.ExeDevice && file.Inode == observed.ExeInode;

    public string Describe() => JsonQuote.Of(path);
}
