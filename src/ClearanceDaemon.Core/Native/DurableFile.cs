using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Native;

/// <summary>
/// Puts a small file on disk whole: under another name first, synced, renamed, and the directory synced. Whenever the
/// machine stops, the old file is there or the new one.
/// </summary>
internal static class DurableFile
{
    /// <summary>The name a file has until it is whole; one that is found was never finished.</summary>
    public static string Unfinished(string name) => name + ".new";

    /// <summary>
    /// Replaces <paramref name="name"/>, whatever it was: a link is replaced, not followed. Returns 0 or −errno; after a failure the
    /// old file is there, or the new one that a power cut may take back.
    /// </summary>
    public static int Replace(SafeFileHandle directory, string name, ReadOnlySpan<byte> bytes)
    {
        var unfinished = Unfinished(name);
        if (NativeFile.Remove(directory, unfinished) is < 0 and not -LibC.ENOENT and var stuck)
        {
            return stuck;
        }

        var outcome = NativeFile.Open(directory, unfinished, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL, out var file);
        if (file is null)
        {
            return outcome;
        }

        using (file)
        {
            outcome = WriteAll(file, bytes);
            outcome = outcome < 0 ? outcome : NativeFile.Sync(file);
        }

        outcome = outcome < 0 ? outcome : NativeFile.Rename(directory, unfinished, name);
        if (outcome < 0)
        {
            NativeFile.Remove(directory, unfinished);
            return outcome;
        }

        return NativeFile.SyncDirectory(directory);
    }

    private static int WriteAll(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var written = NativeFile.Write(file, bytes);
            if (written < 0)
            {
                return written;
            }

            bytes = bytes[written..];
        }

        return 0;
    }
}
