using ClearanceDaemon.Configuration;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.Configuration;

/// <summary>clearanced.json as a file: what it may hold, and who may have written it.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class SettingsFileTests : IDisposable
{
    private readonly Home _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Comments_are_welcome()
    {
        _home.WriteSettings("// mine\n{ /* few */ \"maxPending\": 5 }\n");
        Assert.Equal(5, Settings.Load(_home.SettingsFile, null).MaxPending);
    }

    [Theory]
    [InlineData("{\n  \"maxPending\": 5,\n}", 3, 1)]
    [InlineData("{\n  \"maxPending\" 5\n}", 2, 16)]
    [InlineData("", 1, 1)]
    [InlineData("{}{}", 1, 3)]
    [InlineData("{\"maxPending\": 5", 1, 17)]
    public void What_is_not_JSON_is_refused_with_line_and_column(string text, int line, int column)
    {
        _home.WriteSettings(text);
        Assert.StartsWith($"{_home.SettingsFile}:{line}:{column}: this is not JSON", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"maxPending": 5, "maxPending": 6}""")]
    [InlineData("""{"maxPending": 5, "max\u0050ending": 6}""")]
    [InlineData("""{"askSockets": {"a": {}, "a": {}}}""")]
    public void B34_a_member_that_stands_twice_is_refused(string json)
    {
        _home.WriteSettings(json);
        Assert.Contains("this is not JSON as it must be", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"logLevel": "\ud800"}""")]
    [InlineData("""{"\ud800": 1}""")]
    [InlineData("""{"askSockets": {"\ud800": {}}}""")]
    public void B35_a_lone_surrogate_is_refused_like_any_other_mistake(string json)
    {
        _home.WriteSettings(json);
        Assert.StartsWith(_home.SettingsFile, Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    public void What_is_no_object_is_refused(string json)
    {
        _home.WriteSettings(json);
        Assert.Equal($"{_home.SettingsFile}: the file holds one object, {{ … }}", Refusal());
    }

    [Theory]
    [InlineData("MaxPending")]
    [InlineData("port")]
    [InlineData("")]
    public void An_unknown_key_is_refused_with_the_known_ones(string key)
    {
        _home.WriteSettings($$"""{"{{key}}": 1}""");
        var refusal = Refusal();
        Assert.StartsWith($"{_home.SettingsFile}: {key}: there is no such setting; there are askSockets, maxConnections, ", refusal, StringComparison.Ordinal);
        Assert.EndsWith("drainTime, logLevel", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_others_could_have_written_is_refused()
    {
        _home.WriteSettings("{}");
        File.SetUnixFileMode(_home.SettingsFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        Assert.StartsWith(_home.SettingsFile + ": ", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_a_directory_that_others_can_write_is_refused()
    {
        _home.WriteSettings("{}");
        var directory = Path.GetDirectoryName(_home.SettingsFile)!;
        File.SetUnixFileMode(directory, Home.OwnerOnly | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        Assert.Contains(directory, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_file_of_ours_is_followed_and_one_to_nothing_is_no_absence()
    {
        var target = _home.Write("elsewhere.json", """{"maxPending": 7}""");
        File.CreateSymbolicLink(_home.SettingsFile, target);
        Assert.Equal(7, Settings.Load(_home.SettingsFile, null).MaxPending);
        File.Delete(target);
        Assert.Contains(target, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_in_its_place_is_no_absence()
    {
        Directory.CreateDirectory(_home.SettingsFile, Home.OwnerOnly);
        Assert.StartsWith(_home.SettingsFile, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_ask_sockets_are_read_in_order()
    {
        _home.WriteSettings("""{"askSockets": {"claude": {}, "a-b_9": {}, "abcdefghijklmnopqrst": {}}}""");
        Assert.Equal(["claude", "a-b_9", "abcdefghijklmnopqrst"], Settings.Load(_home.SettingsFile, null).AskSockets);
    }

    [Theory]
    [InlineData("""{"": {}}""")]
    [InlineData("""{"Claude": {}}""")]
    [InlineData("""{"a.b": {}}""")]
    [InlineData("""{"../x": {}}""")]
    [InlineData("""{"abcdefghijklmnopqrstu": {}}""")]
    [InlineData("""{"ask": {}}""")]
    [InlineData("""{"operator": {}}""")]
    [InlineData("""{"terok-shield": {}}""")]
    [InlineData("""{"é": {}}""")]
    [InlineData("""{"claude": {"mode": "0600"}}""")]
    [InlineData("""{"claude": true}""")]
    [InlineData("""["claude"]""")]
    [InlineData("\"claude\"")]
    public void Other_ask_sockets_are_refused(string json)
    {
        _home.WriteSettings($$"""{"askSockets": {{json}}}""");
        Assert.StartsWith($"{_home.SettingsFile}: askSockets: ", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal()
    {
        var refusal = Assert.Throws<StartException>(() => Settings.Load(_home.SettingsFile, null));
        Assert.Equal(ExitCodes.Configuration, refusal.ExitCode);
        return refusal.Message;
    }
}
