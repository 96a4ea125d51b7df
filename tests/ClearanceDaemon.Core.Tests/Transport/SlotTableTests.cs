using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Core.Tests.Transport;

/// <summary>Tokens of descriptors that come and go.</summary>
public sealed class SlotTableTests
{
    private readonly SlotTable _slots = new();

    [Fact]
    public void A_token_finds_its_target_until_it_is_removed()
    {
        var target = new Target();
        var token = _slots.Add(5, target);
        Assert.Same(target, _slots.Find(token));
        _slots.Remove(5);
        Assert.Null(_slots.Find(token));
    }

    [Fact]
    public void An_event_of_a_closed_descriptor_never_reaches_its_successor()
    {
        var tokens = new List<long>();
        for (var i = 0; i < 1000; i++)
        {
            var target = new Target();
            var token = _slots.Add(5, target);
            Assert.Same(target, _slots.Find(token));
            Assert.All(tokens, old => Assert.Null(_slots.Find(old)));
            Assert.DoesNotContain(token, tokens);
            tokens.Add(token);
            if (i % 2 == 0)
            {
                // Every second one is replaced without having been removed.
                _slots.Remove(5);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(100_000)]
    public void The_table_grows_with_the_descriptors(int descriptor)
    {
        var (low, high) = (new Target(), new Target());
        var lowToken = _slots.Add(1, low);
        var highToken = _slots.Add(descriptor, high);
        Assert.Same(low, _slots.Find(lowToken));
        Assert.Same(high, _slots.Find(highToken));
    }

    [Fact]
    public void Each_visits_the_targets_of_one_type_and_may_remove_them()
    {
        var seen = new List<int>();
        _slots.Add(3, new Target { Descriptor = 3 });
        _slots.Add(4, new Other());
        _slots.Add(90, new Target { Descriptor = 90 });
        _slots.ForEach<Target>(target =>
        {
            seen.Add(target.Descriptor);
            _slots.Remove(target.Descriptor);
        });
        Assert.Equal([3, 90], seen);
        _slots.ForEach<Target>(static _ => Assert.Fail("all are gone"));
    }

    private sealed class Target : IPollTarget
    {
        public int Descriptor { get; init; }

        public void OnReady(PollEvents events)
        {
        }
    }

    private sealed class Other : IPollTarget
    {
        public void OnReady(PollEvents events)
        {
        }
    }
}
