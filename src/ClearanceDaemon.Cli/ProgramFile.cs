using ClearanceDaemon.Cli.Native;
using UnixPeers;

namespace ClearanceDaemon.Cli;

/// <summary>
/// The file behind a command's name, looked up once, so that what is asked about is what runs. It is remembered by what it is
/// (device, inode, size, time of its last change), because a person may take minutes to answer.
/// </summary>
internal sealed class ProgramFile
{
    /// <summary>Where execvp(3) looks when PATH is not set.</summary>
    public const string DefaultPath = "/bin:/usr/bin";

    private readonly FileInfo _file;
    private readonly FileIdentity? _identity;

    private ProgramFile(string path)
    {
        Path = path;
        _file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        _file.Refresh();
        _ = _file.Length;
        _identity = FileIdentity.Of(path);
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Finds a program as execvp(3) does, but for elements of PATH that are not absolute, which would let a repository pick it.</summary>
    /// <param name="name">A bare name, or a path.</param>
    /// <param name="searchPath">The value of PATH.</param>
    /// <exception cref="NoAnswerException">There is none.</exception>
    /// <exception cref="UsageException">It is there and is no program.</exception>
    public static ProgramFile Find(string name, string? searchPath)
    {
        var path = name.Contains('/', StringComparison.Ordinal) ? System.IO.Path.GetFullPath(name) : SearchPath.Find(name, searchPath);
        if (path is null || !System.IO.Path.Exists(path))
        {
            throw new NoAnswerException($"{name}: not found{(path is null ? " on PATH" : "")}. Nothing was asked and nothing was run.");
        }

        return File.Exists(path) && LibC.access(path, LibC.X_OK) == 0
            ? new ProgramFile(path)
            : throw new UsageException($"{name}: {path} is not a program that may be run. Nothing was asked and nothing was run.");
    }

    /// <summary>Whether the path still leads to the same file.</summary>
    public bool IsUnchanged()
    {
        try
        {
            var now = new ProgramFile(Path);
            return now._identity == _identity && now._file.Length == _file.Length && now._file.LastWriteTimeUtc == _file.LastWriteTimeUtc;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
