using ClearanceDaemon.Core.Rules;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Takes what a reporter tells of others: asks on behalf of containers, and which containers come and go. For the reactor's thread.</summary>
internal interface IReportedAsks
{
    /// <summary>A container asks. The members are the reporter's own and valid during the call: keep a <see cref="AskMembers.Copy"/>.</summary>
    /// <param name="ask">What is asked; its via is the reporter's name and its uid the reporter's.</param>
    /// <param name="reporter">Who reported it, verified.</param>
    /// <param name="container">Whose ask it is, as reported.</param>
    void Ask(AskMembers ask, PeerCredentials reporter, string container);

    /// <summary>A container is there and guarded.</summary>
    void ContainerSeen(string via, string container);

    /// <summary>A container is gone, or not guarded any more: what it asked and what it was granted until its exit ends.</summary>
    /// <param name="via">The reporter's name.</param>
    /// <param name="container">The container, as reported.</param>
    /// <param name="why">For people, such as "its shield is down".</param>
    void ContainerGone(string via, string container, string why);
}
