using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Native;

/// <summary>Whether a file in the state directory is as the daemon left it: ours alone, a plain file, under one name.</summary>
internal static class StateFile
{
    /// <summary>What is wrong with the directory, as a sentence, or null.</summary>
    /// <param name="path">The directory's path, for the sentence.</param>
    /// <param name="folder">As <see cref="NativeFile.OpenDirectory"/> opened it; null when it could not.</param>
    /// <param name="outcome">What that returned.</param>
    public static string? FolderFault(string path, SafeFileHandle? folder, int outcome)
    {
        if (folder is null)
        {
            return $"{path} cannot be opened as a directory that is no link: {NativeFile.Message(outcome)}";
        }

        var status = FileStatus.Of(folder);
        return status.Uid == LibC.geteuid() && (status.Permissions & FileStatus.OthersMask) == 0
            ? null
            : $"{path} must be ours alone, but has owner {status.Uid} and mode 0{Convert.ToString(status.Permissions, 8)}; make it ours with mode 0700";
    }

    /// <summary>What is wrong with an open file, as the rest of a sentence about it, or null.</summary>
    public static string? FileFault(in FileStatus status, long maxBytes) => status switch
    {
        { IsRegular: false } => "is not a regular file",
        { Links: not 1 } => $"has {status.Links} names (hard links)",
        _ when status.Uid != LibC.geteuid() => $"belongs to uid {status.Uid}, not to us",
        { Permissions: not FileStatus.PrivateFile } => $"has mode 0{Convert.ToString(status.Permissions, 8)}, not 0600",
        _ when status.Size > maxBytes => $"has {status.Size} bytes, more than {maxBytes}",
        _ => null,
    };

    /// <summary>The file's first <paramref name="size"/> bytes, or all when there are fewer.</summary>
    public static byte[] Bytes(SafeFileHandle file, long size)
    {
        var bytes = new byte[size];
        var length = 0;
        while (length < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(length), length) is > 0 and var more)
        {
            length += more;
        }

        return length == bytes.Length ? bytes : bytes[..length];
    }
}
