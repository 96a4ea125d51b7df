using System.Text;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

public sealed class UnixAddressTests
{
    [Fact]
    public void B10_107_bytes_work_and_108_are_explained()
    {
        using var directory = new TempDirectory();
        var name = new string('s', UnixAddress.MaxPathBytes - directory.Path.Length - 1);
        using (var listener = UnixListener.Bind(UnixAddress.FromPath(directory.Below(name)), Options))
        {
            Assert.True(UnixListeners.HasLiveListener(listener.Address));
            Assert.Equal("0600", Mode(directory.Below(name)));
        }

        var error = Fails(UnixSocketFault.InvalidAddress, () => UnixAddress.FromPath(directory.Below(name + "s"), "ask socket"));
        Assert.Contains("108 bytes, the system allows 107", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("ask socket " + directory.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_is_counted_in_bytes_not_characters()
    {
        _ = UnixAddress.FromPath("/" + new string('é', 53));
        var error = Fails(UnixSocketFault.InvalidAddress, () => UnixAddress.FromPath("/" + new string('é', 54)));
        Assert.Contains("109 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_91_bytes_is_warned_of_and_91_is_not()
    {
        using var directory = new TempDirectory();
        var warnings = new List<string>();
        var options = new UnixListenerOptions { Label = "ask socket", Warn = warnings.Add };
        var name = new string('s', UnixAddress.WarnPathBytes - directory.Path.Length - 1);

        UnixListener.Bind(UnixAddress.FromPath(directory.Below(name)), options).Dispose();
        Assert.Empty(warnings);

        UnixListener.Bind(UnixAddress.FromPath(directory.Below(name + "s")), options).Dispose();
        Assert.Contains("92 bytes", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not absolute")]
    [InlineData("clearance.sock", "not absolute")]
    [InlineData("./clearance.sock", "not absolute")]
    [InlineData("/run/clear\0ance.sock", "NUL")]
    [InlineData("/run/clearance/", "names a directory")]
    [InlineData("/run/clearance/..", "names a directory")]
    public void Wrong_paths_are_refused_with_the_reason(string path, string reason) =>
        Assert.Contains(reason, Fails(UnixSocketFault.InvalidAddress, () => UnixAddress.FromPath(path)).Message, StringComparison.Ordinal);

    // Not a row of the table above: the runner's own text would replace the surrogate.
    [Fact]
    public void Half_a_character_is_refused() => Wrong_paths_are_refused_with_the_reason("/run/" + '\ud800', "not valid Unicode");

    [Fact]
    public void Abstract_names_have_1_to_107_bytes()
    {
        Assert.Equal(107, UnixAddress.FromAbstract(new byte[107]).AbstractName.Length);
        Fails(UnixSocketFault.InvalidAddress, () => UnixAddress.FromAbstract(new byte[108]));
        Fails(UnixSocketFault.InvalidAddress, () => UnixAddress.FromAbstract([]));
        Fails(UnixSocketFault.InvalidAddress, () => UnixAddress.Parse("@"));
    }

    [Fact]
    public void Every_byte_of_an_abstract_name_survives_its_printed_form()
    {
        for (var start = 0; start < 256; start += 64)
        {
            var name = Enumerable.Range(start, 64).Select(i => (byte)i).ToArray();
            var address = UnixAddress.FromAbstract(name);
            Assert.All(address.ToString(), c => Assert.InRange(c, '!', '~'));
            Assert.Equal(name, UnixAddress.Parse(address.ToString()).AbstractName.ToArray());
        }
    }

    [Theory]
    [InlineData("@plain", "plain")]
    [InlineData("@a\\b", "a\\b")]
    [InlineData("@a\\x4", "a\\x4")]
    [InlineData("@a\\x41", "aA")]
    public void Only_whole_escapes_are_decoded(string text, string name) =>
        Assert.Equal(name, Encoding.UTF8.GetString(UnixAddress.Parse(text).AbstractName.Span));

    [Fact]
    public void Equality_is_by_kind_and_bytes()
    {
        Assert.Equal(UnixAddress.Parse("/run/a"), UnixAddress.FromPath("/run/a"));
        Assert.Equal(UnixAddress.Parse("/run/a").GetHashCode(), UnixAddress.FromPath("/run/a").GetHashCode());
        Assert.NotEqual(UnixAddress.FromAbstract("/run/a"u8), UnixAddress.FromPath("/run/a"));
        Assert.False(UnixAddress.FromPath("/run/a").Equals(null));
    }

    [Fact]
    public void Control_characters_of_a_path_do_not_reach_a_terminal() =>
        Assert.Equal("/run/a\\x1b[2Jb", UnixAddress.FromPath("/run/a\u001b[2Jb").ToString());
}
