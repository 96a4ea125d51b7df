using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>The switches over restarts, and what becomes of a file that cannot be believed.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HandlerSwitchesFileTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("clearance-switches-").FullName;
    private readonly HandlerSwitchesFile _file;

    public HandlerSwitchesFileTests() => _file = new(_state);

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        Assert.Null(_file.Write(new(["terok-shield"], ["hello", "a"])));
        Assert.Equal("{\"version\":1,\"on\":[\"terok-shield\"],\"off\":[\"a\",\"hello\"]}\n", File.ReadAllText(_file.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.Path));
        var read = new HandlerSwitchesFile(_state).Read();
        Assert.Null(read.Problem);
        Assert.Equal(["terok-shield"], read.On);
        Assert.Equal(["a", "hello"], read.Off);
        Assert.Null(_file.Write(HandlerSwitches.None));
        Assert.Empty(_file.Read().Off);
        Assert.Equal([_file.Path], Directory.GetFileSystemEntries(_state));
    }

    [Fact]
    public void No_file_and_no_directory_mean_that_nothing_was_switched()
    {
        Assert.Same(HandlerSwitches.None, _file.Read());
        Assert.Same(HandlerSwitches.None, new HandlerSwitchesFile(Path.Combine(_state, "no")).Read());
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("[]", "is an object")]
    [InlineData("{}", "needs \"version\": 1")]
    [InlineData("{\"version\":2}", "version is 1")]
    [InlineData("{\"version\":1,\"of\":[]}", "no member \"of\"")]
    [InlineData("{\"version\":1,\"off\":\"a\"}", "off is an array")]
    [InlineData("{\"version\":1,\"off\":[1]}", "each of off is the name of a handler")]
    [InlineData("{\"version\":1,\"off\":[\"A\"]}", "each of off is the name of a handler")]
    [InlineData("{\"version\":1,\"on\":[\"a\"],\"off\":[\"a\"]}", "\"a\" stands in this file twice")]
    [InlineData("{\"version\":1,\"off\":[],\"off\":[]}", "written twice")]
    public void A_bad_file_switches_everything_off_and_says_what_to_do(string json, string expected)
    {
        Put(json);
        var switches = _file.Read();
        Assert.False(switches.IsOn("hello", isCompiledIn: false));
        Assert.StartsWith(_file.Path + ":1:", switches.Problem, StringComparison.Ordinal);
        Assert.Contains(expected, switches.Problem, StringComparison.Ordinal);
        Assert.EndsWith("Every handler is off: put it right, or remove it and switch off again what shall be off, and restart the daemon", switches.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_understood_is_never_written_over()
    {
        Put("{");
        Assert.Equal(_file.Read().Problem, _file.Write(_file.Read().With("hello", on: true)));
        Assert.Equal("{", File.ReadAllText(_file.Path));
    }

    [Fact]
    public void A_file_that_others_could_have_written_is_not_believed()
    {
        Put("{\"version\":1}");
        File.SetUnixFileMode(_file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        Assert.Contains("has mode 0620, not 0600", _file.Read().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_or_a_directory_in_its_place_is_not_believed()
    {
        File.CreateSymbolicLink(_file.Path, "/dev/null");
        Assert.Contains("is no link", _file.Read().Problem, StringComparison.Ordinal);
        File.Delete(_file.Path);
        Directory.CreateDirectory(_file.Path);
        Assert.Contains("is not a regular file", _file.Read().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_not_ours_alone_is_neither_believed_nor_written()
    {
        Put("{\"version\":1}");
        File.SetUnixFileMode(_state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
        Assert.Contains("must be ours alone", _file.Read().Problem, StringComparison.Ordinal);
        Assert.Contains("must be ours alone", _file.Write(HandlerSwitches.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void It_holds_so_many_names_and_no_more(int over)
    {
        var names = Enumerable.Range(0, ManifestLimits.Switches + over).Select(static i => $"h{i}".PadRight(ManifestLimits.NameLength, 'x')).ToList();
        var problem = _file.Write(new(names[..10], names[10..]));
        Assert.Equal(over == 0, problem is null);
        Assert.Null(_file.Read().Problem);
        Put("{\"version\":1,\"off\":[\"" + string.Join("\",\"", names) + "\"]}");
        Assert.Equal(over == 0, _file.Read().Problem is null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void It_has_so_many_bytes_and_no_more(int over)
    {
        Put("{\"version\":1}".PadRight(ManifestLimits.SwitchesFileBytes + over));
        Assert.Equal(over == 0, _file.Read().Problem is null);
    }

    [Fact]
    public void What_a_stopped_write_left_behind_is_written_over()
    {
        File.WriteAllText(Path.Combine(_state, DurableFile.Unfinished(HandlerSwitchesFile.FileName)), "half");
        Assert.Null(_file.Write(new([], ["hello"])));
        Assert.False(_file.Read().IsOn("hello", isCompiledIn: false));
        Assert.Equal([_file.Path], Directory.GetFileSystemEntries(_state));
    }

    [Fact]
    public void A_directory_that_is_gone_is_told()
    {
        var gone = new HandlerSwitchesFile(Path.Combine(_state, "no"));
        Assert.Contains("cannot be opened", gone.Write(HandlerSwitches.None), StringComparison.Ordinal);
    }

    private void Put(string json)
    {
        File.WriteAllText(_file.Path, json);
        File.SetUnixFileMode(_file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
