using ClearanceDaemon.Configuration;
using ClearanceDaemon.Tests.Support;
using UnixPeers;

namespace ClearanceDaemon.Tests.Configuration;

/// <summary>Where an instance keeps its things.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class PlacesTests : IDisposable
{
    private readonly Home _home = new();
    private readonly List<Variable> _variables = [];

    public PlacesTests() => _variables.AddRange(_home.Environment.Select(static entry => new Variable(entry.Key, entry.Value)));

    public void Dispose()
    {
        _variables.ForEach(static variable => variable.Dispose());
        _home.Dispose();
    }

    [Fact]
    public void The_default_instance_is_called_clearance()
    {
        var places = Places.OfInstance("");
        Assert.Equal(_home.AskSocket, places.AskSocket);
        Assert.Equal(_home.OperatorSocket, places.OperatorSocket);
        Assert.Equal(_home.NamedSocket("claude"), places.NamedSocket("claude"));
        Assert.Equal(Path.Combine(_home.Runtime, "lock"), places.Lock);
        Assert.Equal(_home.SettingsFile, places.Settings);
        Assert.Equal([_home.Rules, "/etc/clearance/rules.d"], places.Rules);
        Assert.Equal(_home.State, places.State);
    }

    [Fact]
    public void A_named_instance_has_its_name_in_all_three()
    {
        var places = Places.OfInstance("work");
        Assert.Equal(Path.Combine(_home.Root, "run/clearance-work"), places.Runtime);
        Assert.Equal(Path.Combine(_home.Root, "config/clearance-work"), places.Config);
        Assert.Equal(Path.Combine(_home.Root, "state/clearance-work"), places.State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_variables_the_directories_of_the_standard_hold(string? unset)
    {
        using var config = new Variable("XDG_CONFIG_HOME", unset);
        using var state = new Variable("XDG_STATE_HOME", unset);
        var places = Places.OfInstance("");
        Assert.Equal(Path.Combine(_home.Root, ".config/clearance"), places.Config);
        Assert.Equal(Path.Combine(_home.Root, ".local/state/clearance"), places.State);
    }

    [Theory]
    [InlineData("XDG_CONFIG_HOME")]
    [InlineData("XDG_STATE_HOME")]
    public void A_relative_directory_is_refused_by_its_variable(string variable)
    {
        using var set = new Variable(variable, "some/where");
        var refusal = Assert.Throws<StartException>(static () => Places.OfInstance(""));
        Assert.Equal(ExitCodes.Configuration, refusal.ExitCode);
        Assert.Equal($"{variable} is 'some/where', which is not an absolute path; set it to one or unset it", refusal.Message);
    }

    [Fact]
    public void B09_a_relative_runtime_directory_is_refused()
    {
        using var set = new Variable("XDG_RUNTIME_DIR", "run");
        Assert.Contains("XDG_RUNTIME_DIR", Assert.Throws<UnixSocketException>(static () => Places.OfInstance("")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ephemeral_daemon_keeps_everything_in_one_directory()
    {
        var places = Places.OfEphemeral("/d");
        Assert.Equal(("/d/run", "/d/config", "/d/state"), (places.Runtime, places.Config, places.State));
        Assert.Equal("/d/run/ask/clearance.sock", places.AskSocket);
    }
}
