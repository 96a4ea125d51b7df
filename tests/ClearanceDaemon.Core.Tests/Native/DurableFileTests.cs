using System.Text;
using ClearanceDaemon.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Tests.Native;

/// <summary>Files that are replaced whole.</summary>
public sealed class DurableFileTests : IDisposable
{
    private const int EISDIR = 21;
    private const int EACCES = 13;
    private readonly string _root = Directory.CreateTempSubdirectory("durable-").FullName;
    private readonly SafeFileHandle _directory;

    public DurableFileTests()
    {
        Assert.True(NativeFile.OpenDirectory(_root, out var directory) >= 0);
        _directory = directory!;
    }

    private string FilePath => Path.Combine(_root, "file");

    public void Dispose()
    {
        _directory.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public void What_is_written_is_there_private_and_alone(int length)
    {
        var text = new string('x', length);
        Assert.Equal(0, Replace("before, and longer"));
        Assert.Equal(0, Replace(text));
        Assert.Equal(text, File.ReadAllText(FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void An_open_file_keeps_what_it_held()
    {
        Assert.Equal(0, Replace("old"));
        using var reader = new StreamReader(FilePath);
        Assert.Equal(0, Replace("new"));
        Assert.Equal("old", reader.ReadToEnd());
    }

    [Fact]
    public void What_was_never_finished_is_in_nobodys_way()
    {
        File.WriteAllText(FilePath + ".new", "half");
        File.SetUnixFileMode(FilePath + ".new", (UnixFileMode)Convert.ToInt32("666", 8));
        Assert.Equal(0, Replace("whole"));
        Assert.Equal("whole", File.ReadAllText(FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void A_directory_in_the_way_is_told_and_leaves_nothing_behind()
    {
        Directory.CreateDirectory(Path.Combine(FilePath, "full"));
        Assert.Equal(-EISDIR, Replace("x"));
        Assert.False(File.Exists(FilePath + ".new"));
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_told()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may write anywhere");
        Assert.Equal(0, Replace("old"));
        File.SetUnixFileMode(_root, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(-EACCES, Replace("new"));
        Assert.Equal("old", File.ReadAllText(FilePath));
        File.SetUnixFileMode(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private int Replace(string text) => DurableFile.Replace(_directory, "file", Encoding.UTF8.GetBytes(text));
}
