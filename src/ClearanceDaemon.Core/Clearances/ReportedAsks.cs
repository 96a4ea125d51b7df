using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Rules;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Decides what firewalls report of their containers. A verdict is carried out by the firewall's own handler; where nothing
/// can be decided nothing is done, and what was blocked stays blocked. For the reactor's thread.
/// </summary>
internal sealed class ReportedAsks(Desk desk, AskJudge judge, Prompts prompts, GrantDesk grants, Containers containers, AuditLog audit, Func<RuleSet?> rules, DeskLimits limits)
    : IReportedAsks
{
    /// <summary>Told of each that could not be taken, and why.</summary>
    public Action<string>? Refused { get; set; }

    public void Ask(AskMembers ask, PeerCredentials reporter, string container) => _ = AskAsync(ask.Copy(), reporter, container);

    public void ContainerSeen(string via, string container) => containers.Add(via, container);

    public void ContainerGone(string via, string container, string why)
    {
        var viaUtf8 = Encoding.UTF8.GetBytes(via);
        containers.Remove(via, container);
        desk.WithdrawContainer(viaUtf8, container, why);
        grants.OnContainerGone(viaUtf8, container);
    }

    private async Task AskAsync(AskMembers ask, PeerCredentials reporter, string container)
    {
        if (rules() is not { } set || !audit.Available)
        {
            Refused?.Invoke("nothing can be decided now; see: clearance status");
            return;
        }

        var via = Encoding.UTF8.GetString(ask.Via);
        var question = new Question(
            ask,
            new(limits.ReportedFor, null) { IsReported = true },
            new(("container", via, container), null, reporter, null),
            Principal.OfContainer(reporter.Uid, via, container),
            containers.WhenGone(via, container));
        var decided = set.Decide(ask);
        decided = decided.NeedsObserved ? await Task.Run(() => question.Judge(set)) : decided;
        var judgement = await judge.JudgeAsync(question, set, decided);
        if (judgement.Fault is { } why)
        {
            Refused?.Invoke(why);
        }
        else if (judgement.IsOpen && prompts.Ask(question, judgement, out var fault) is null)
        {
            Refused?.Invoke(fault!.Message);
        }
    }
}
