using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>A file that is there whole or not at all: written under another name beside it, mode 0600, and renamed once it is on disk.</summary>
internal sealed class ExportFile : IDisposable
{
    private readonly string _path;
    private readonly string _part;
    private readonly bool _replace;
    private readonly FileStream _stream;
    private bool _complete;

    private ExportFile(string path, string part, bool replace, FileStream stream) => (_path, _part, _replace, _stream) = (path, part, replace, stream);

    /// <exception cref="UsageException">The file is there and is not to be replaced, or no file can be made there.</exception>
    public static ExportFile Create(string path, bool replace)
    {
        if (Directory.Exists(path) || (!replace && Path.Exists(path)))
        {
            throw new UsageException($"--output {path} is there already. Name another file{(Directory.Exists(path) ? "" : ", or add --force to replace it")}.");
        }

        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            var stream = new FileStream(part, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                BufferSize = 64 * 1024,
            });
            return new ExportFile(path, part, replace, stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output {path}: {e.Message} Name a file in a directory that you may write to.");
        }
    }

    public void Line(ReadOnlySpan<byte> line)
    {
        try
        {
            _stream.Write(line);
            _stream.WriteByte((byte)'\n');
        }
        catch (IOException e)
        {
            throw Failed(e);
        }
    }

    /// <summary>Puts it on disk and gives it its name.</summary>
    public void Complete()
    {
        try
        {
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_part, _path, _replace);
            _complete = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    public void Dispose()
    {
        if (_complete)
        {
            return;
        }

        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // What it still held is not wanted any more.
        }

        File.Delete(_part);
    }

    private OutputException Failed(Exception e) => new($"--output {_path}: {e.Message} Make room, or name another file.");
}
