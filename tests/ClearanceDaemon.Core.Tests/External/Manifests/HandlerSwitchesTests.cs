using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>What is on and what is off.</summary>
public sealed class HandlerSwitchesTests
{
    [Theory]
    [InlineData(false, null, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    [InlineData(true, null, false)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    public void A_manifest_is_on_and_what_is_compiled_in_off_unless_it_was_switched(bool isCompiledIn, bool? switched, bool expected)
    {
        var switches = switched is { } on ? HandlerSwitches.None.With("h", on) : HandlerSwitches.None;
        Assert.Equal(expected, switches.IsOn("h", isCompiledIn));
        Assert.Equal(!isCompiledIn, switches.IsOn("other", isCompiledIn));
    }

    [Fact]
    public void Turning_one_leaves_the_others_and_the_value_before()
    {
        var before = new HandlerSwitches(on: ["b"], off: ["c", "a"]);
        var after = before.With("b", on: false).With("c", on: true).With("d", on: true).With("d", on: true);
        Assert.Equal([["b"], ["a", "c"]], [before.On, before.Off]);
        Assert.Equal([["c", "d"], ["a", "b"]], [after.On, after.Off]);
    }

    [Fact]
    public void When_nothing_is_known_everything_is_off_and_stays_so()
    {
        var unknown = HandlerSwitches.Unknown("a rainy day");
        Assert.False(unknown.IsOn("h", isCompiledIn: false));
        Assert.False(unknown.IsOn("h", isCompiledIn: true));
        Assert.Equal("a rainy day", unknown.With("h", on: true).Problem);
        Assert.False(unknown.With("h", on: true).IsOn("h", isCompiledIn: false));
    }

    [Fact]
    public void On_and_off_at_once_is_a_mistake() =>
        Assert.Throws<ArgumentException>(static () => new HandlerSwitches(["a"], ["b", "a"]));
}
