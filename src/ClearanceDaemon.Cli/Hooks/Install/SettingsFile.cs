using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>A host's settings file on disk: read whole, replaced whole, its mode and owner kept, what it was kept beside it.</summary>
internal sealed class SettingsFile
{
    public const string BackupSuffix = ".clearance-backup";

    /// <summary>Larger than any settings: a file of that name that is something else is not read.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private SettingsFile(string named, string path) => (Named, Path) = (named, path);

    /// <summary>The path the host uses.</summary>
    public string Named { get; }

    /// <summary>Where the file is: another place where the named one is a link.</summary>
    public string Path { get; }

    public string Backup => Path + BackupSuffix;

    public bool IsLink => Named != Path;

    /// <exception cref="UsageException">A link leads nowhere.</exception>
    public static SettingsFile At(string path)
    {
        var link = new FileInfo(path);
        if (link.LinkTarget is null)
        {
            return new SettingsFile(path, path);
        }

        return link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target
            ? new SettingsFile(path, target.FullName)
            : throw new UsageException($"{path} is a link to {link.LinkTarget}, which is not there. Make that file, or remove the link.");
    }

    /// <summary>Null when there is none.</summary>
    public byte[]? Read() => Read(Path);

    public byte[]? ReadBackup() => Read(Backup);

    /// <summary>Keeps what there was, then writes.</summary>
    public void Replace(byte[]? before, byte[] after)
    {
        if (before is null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!, Private | UnixFileMode.UserExecute);
            File.Delete(Backup);
            Write(Path, after, Private);
            return;
        }

        Write(Backup, before, File.GetUnixFileMode(Path));
        Write(after);
    }

    /// <summary>Writes, and leaves the copy as it is.</summary>
    public void Write(byte[] after)
    {
        // Somebody else's file would be ours after a rename; only its owner may set its mode.
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path));
        Write(Path, after, File.GetUnixFileMode(Path));
    }

    /// <summary>Back to what there was before <see cref="Replace"/>.</summary>
    public void Restore(byte[]? before)
    {
        if (before is not null)
        {
            Write(before);
            File.Delete(Backup);
            return;
        }

        File.Delete(Path);
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }

    private static byte[]? Read(string path)
    {
        if (!File.Exists(path))
        {
            return IsOther(path) ? throw new UsageException($"{path} is no regular file. Move it away, then try again.") : null;
        }

        return new FileInfo(path).Length <= MaxBytes ? File.ReadAllBytes(path) : throw new UsageException($"{path} is longer than {MaxBytes} bytes: that is no settings file.");
    }

    private static bool IsOther(string path) => System.IO.Path.Exists(path);

    private static void Write(string path, byte[] bytes, UnixFileMode mode)
    {
        // Root could not give a renamed file its owner back; it writes into the file, of which there is a copy.
        if (LibC.geteuid() == 0 && File.Exists(path))
        {
            using var inPlace = new FileStream(path, FileMode.Open, FileAccess.Write);
            inPlace.SetLength(0);
            inPlace.Write(bytes);
            inPlace.Flush(flushToDisk: true);
            return;
        }

        var part = $"{path}.{Guid.NewGuid():N}.part";
        using (var stream = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.SetUnixFileMode(part, mode);
        File.Move(part, path, overwrite: true);
    }
}
