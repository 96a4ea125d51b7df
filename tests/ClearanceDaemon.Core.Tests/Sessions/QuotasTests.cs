using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Sessions;

namespace ClearanceDaemon.Core.Tests.Sessions;

/// <summary>Each of the limits at its number and one over. That of requests in flight is the session's.</summary>
public sealed class QuotasTests
{
    [Fact]
    public void Ask_sockets_together_take_as_many_as_their_limit()
    {
        var quotas = new Quotas(new(AskConnections: 3, ConnectionsPerProcess: 100, OperatorConnections: 1, InFlight: 1));
        for (var pid = 1; pid <= 3; pid++)
        {
            Assert.True(quotas.TryEnter(CallerRoles.Ask, pid));
        }

        Assert.False(quotas.TryEnter(CallerRoles.Ask, 4));
        Assert.False(quotas.TryEnter(CallerRoles.Ask, null));
        quotas.Leave(CallerRoles.Ask, 2);
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 4));
        Assert.False(quotas.TryEnter(CallerRoles.Ask, 5));
    }

    [Fact]
    public void A_process_takes_as_many_as_its_limit_and_leaves_the_others_theirs()
    {
        var quotas = new Quotas(new(AskConnections: 100, ConnectionsPerProcess: 2, OperatorConnections: 1, InFlight: 1));
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 7));
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 7));
        Assert.False(quotas.TryEnter(CallerRoles.Ask, 7));
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 8));
        quotas.Leave(CallerRoles.Ask, 7);
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 7));
        Assert.False(quotas.TryEnter(CallerRoles.Ask, 7));
    }

    [Fact]
    public void Operators_take_as_many_as_their_limit_whatever_askers_hold_and_whoever_they_are()
    {
        var quotas = new Quotas(new(AskConnections: 1, ConnectionsPerProcess: 1, OperatorConnections: 2, InFlight: 1));
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 7));
        Assert.False(quotas.TryEnter(CallerRoles.Ask, 7));
        Assert.True(quotas.TryEnter(CallerRoles.Operator, 7));
        Assert.True(quotas.TryEnter(CallerRoles.Operator, 7));
        Assert.False(quotas.TryEnter(CallerRoles.Operator, 7));
        Assert.False(quotas.TryEnter(CallerRoles.Operator, 8));
        quotas.Leave(CallerRoles.Operator, 7);
        Assert.True(quotas.TryEnter(CallerRoles.Operator, 8));
    }

    [Fact]
    public void A_refused_one_takes_no_place()
    {
        var quotas = new Quotas(new(AskConnections: 2, ConnectionsPerProcess: 1, OperatorConnections: 1, InFlight: 1));
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 7));
        for (var i = 0; i < 10; i++)
        {
            Assert.False(quotas.TryEnter(CallerRoles.Ask, 7));
        }

        Assert.True(quotas.TryEnter(CallerRoles.Ask, 8));
        for (var i = 0; i < 10; i++)
        {
            Assert.False(quotas.TryEnter(CallerRoles.Ask, 9));
        }

        quotas.Leave(CallerRoles.Ask, 7);
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 9));
    }

    [Fact]
    public void Callers_whose_process_is_unknown_share_the_sockets_limit_alone()
    {
        var quotas = new Quotas(new(AskConnections: 3, ConnectionsPerProcess: 1, OperatorConnections: 1, InFlight: 1));
        Assert.True(quotas.TryEnter(CallerRoles.Ask, null));
        Assert.True(quotas.TryEnter(CallerRoles.Ask, null));
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 7));
        quotas.Leave(CallerRoles.Ask, null);
        Assert.True(quotas.TryEnter(CallerRoles.Ask, 8));
    }

    [Fact]
    public void The_defaults_are_what_the_options_say()
    {
        var limits = new ClearanceOptions().Quotas;
        Assert.Equal(new QuotaLimits(16384, 12288, 256, 256), limits);
    }
}
