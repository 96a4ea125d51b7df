using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Whether a file is ours alone: of the kind it has to be, no link, ours, 0600 to the bit. The directory it is in is
/// <see cref="PrivateDirectory"/>'s.
/// </summary>
public static class PrivateFile
{
    private const uint OwnerReadWrite = 0x180; // 0600

    /// <summary>Null when a regular file of ours with mode 0600 is there, else a sentence that says what is wrong. Follows no link (lstat(2)).</summary>
    /// <param name="path">Any path.</param>
    public static string? Refusal(string path) => Refusal(path, "file", "a regular file", static found => found.IsRegular);

    /// <summary>Null when a Unix socket of ours with mode 0600 is there (the lstat half of step 6), else a sentence that says what is wrong. Follows no link.</summary>
    /// <param name="path">Any path.</param>
    public static string? SocketRefusal(string path) => Refusal(path, "socket", "a socket", static found => found.IsSocket);

    private static string? Refusal(string path, string word, string kind, Func<FileStatus, bool> isKind)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (FileStatus.Of(path) is not { } found)
        {
            return word == "file" ? "there is no such file." : $"there is no {word} file.";
        }

        var self = LibC.geteuid();
        return !isKind(found) ? $"it is {found.Kind}, not {kind}."
            : found.Uid != self ? $"the {word} belongs to uid {found.Uid}, not to you (uid {self})."
            : found.AllBits != OwnerReadWrite ? $"the {word} has mode {found.OctalMode}, not 0600."
            : null;
    }
}
