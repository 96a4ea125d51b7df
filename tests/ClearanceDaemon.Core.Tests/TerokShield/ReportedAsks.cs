using System.Collections.Concurrent;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Rules;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>Keeps what was reported, in order, as one text each.</summary>
internal sealed class ReportedAsks : IReportedAsks
{
    private readonly ConcurrentQueue<string> _all = new();

    public IReadOnlyCollection<string> All => _all;

    /// <summary>Who reported, once for each ask.</summary>
    public ConcurrentQueue<PeerCredentials> Reporters { get; } = new();

    public ConcurrentQueue<AskMembers> Asks { get; } = new();

    public void Ask(AskMembers ask, PeerCredentials reporter, string container)
    {
        _all.Enqueue($"ask {container} {ask}");
        Asks.Enqueue(ask.Copy());
        Reporters.Enqueue(reporter);
    }

    public void ContainerSeen(string via, string container) => _all.Enqueue($"seen {via} {container}");

    public void ContainerGone(string via, string container, string why) => _all.Enqueue($"gone {via} {container}: {why}");
}
