namespace ClearanceDaemon.Core.Documents;

/// <summary>
/// Finds the files a person writes for us: in a directory everything that ends in <c>.json</c> and does not start with a dot, or a file
/// that is named. What is passed over is listed with the reason, so that a misspelt name cannot switch anything off unseen.
/// </summary>
internal sealed class DocumentFiles(Func<string, string?> trust, int maxBytes, List<DocumentProblem> problems)
{
    private const string NotThere = "it does not exist";

    /// <summary>What FileSystemInfo.Attributes says of a path where nothing is.</summary>
    private const FileAttributes Nowhere = (FileAttributes)(-1);

    /// <summary>How the names of documents end.</summary>
    public const string Suffix = ".json";

    public List<DocumentSeen> Seen { get; } = [];

    /// <summary>The bytes of each file to use, in the ordinal order of their paths.</summary>
    public SortedDictionary<string, byte[]> Contents { get; } = new(StringComparer.Ordinal);

    /// <param name="path">A directory, which may be missing, or a file, which must be there when <paramref name="isNamed"/>.</param>
    /// <param name="isNamed">Whether a person named exactly this path.</param>
    public void Add(string path, bool isNamed)
    {
        path = Path.GetFullPath(path);
        try
        {
            // Asked first, because most of these directories are nowhere, and an exception each is a part of a cold start.
            if (!isNamed && new FileInfo(path).Attributes == Nowhere)
            {
                Seen.Add(new(path, false, NotThere));
                return;
            }

            if (File.GetAttributes(path).HasFlag(FileAttributes.Directory))
            {
                AddDirectory(path);
            }
            else
            {
                Open(path);
            }
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException && !isNamed)
        {
            Seen.Add(new(path, false, NotThere));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Refuse(path, "cannot be read: " + unreadable.Message);
        }
    }

    private void AddDirectory(string directory)
    {
        if (trust(directory) is { } reason)
        {
            Refuse(directory, reason);
            return;
        }

        var entries = Directory.GetFileSystemEntries(directory);
        Array.Sort(entries, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var name = Path.GetFileName(entry);
            var why = name.StartsWith('.') ? "its name starts with a dot"
                : Directory.Exists(entry) ? "it is a directory"
                : !name.EndsWith(Suffix, StringComparison.Ordinal) ? $"its name does not end in {Suffix}"
                : null;
            if (why is null)
            {
                Open(entry);
            }
            else
            {
                Seen.Add(new(entry, false, why));
            }
        }
    }

    private void Open(string path)
    {
        if (trust(path) is { } reason)
        {
            Refuse(path, reason);
            return;
        }

        try
        {
            if (Read(path) is { } bytes)
            {
                Contents[path] = bytes;
                Seen.Add(new(path, true, null));
            }
            else
            {
                Refuse(path, $"is larger than {maxBytes} bytes; split it or make it smaller");
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Refuse(path, "cannot be read: " + unreadable.Message);
        }
    }

    /// <summary>Null when it is too large. Reads one byte more than allowed, since a file may grow or have no size.</summary>
    private byte[]? Read(string path)
    {
        // Sharing everything keeps .NET from taking a lock that would hinder an editor.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.CanSeek && file.Length > maxBytes)
        {
            return null;
        }

        var bytes = new byte[file.CanSeek ? (int)file.Length + 1 : maxBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length < bytes.Length)
        {
            return bytes[..length];
        }

        return length > maxBytes ? null : throw new IOException("it grew while it was read; save it again");
    }

    private void Refuse(string path, string reason)
    {
        Seen.Add(new(path, false, reason));
        problems.Add(new(path, 0, 0, DocumentSeverity.Error, reason));
    }
}
