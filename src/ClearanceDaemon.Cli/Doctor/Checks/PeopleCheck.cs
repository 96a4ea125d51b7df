using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>Asks that rules leave to a person need one who is there.</summary>
internal sealed class PeopleCheck : ICheck
{
    private const string Watch = "clearance watch, or systemctl --user enable --now clearance-notify.service";

    public string Name => "people";

    public void Look(Patient patient, Findings findings)
    {
        if (patient.Daemon.Status is not { } status)
        {
            findings.NotLooked("", patient.Daemon.Silence);
            return;
        }

        if (status is not { Operators: { } operators, Pending: { } pending })
        {
            findings.NotLooked("", "the daemon is older than this question");
            return;
        }

        findings.Summary = $"{Count.Of(operators, "operator")} present, {Count.Of(pending, "ask")} waiting";
        if (status.Limits.GetValueOrDefault("maxPending") is var most and > 0 && pending >= most)
        {
            findings.Warn("pending asks", $"{pending} wait, which is the most: for each new one the oldest ends", "clearance pending, and find out who asks so much");
        }

        if (operators == 0 && pending > 0)
        {
            findings.Note("pending asks", $"{pending} wait, and nobody answers", Watch);
        }
        else if (operators == 0 && CountAskRules(patient.Daemon) is var waiting and > 0)
        {
            findings.Note("rules", $"{Count.Of(waiting, "rule")} would ask a person, and nobody answers", Watch);
        }
    }

    private static int CountAskRules(DaemonAnswers daemon)
    {
        var count = 0;
        int? after = null;
        while (true)
        {
            var page = daemon.Ask(MethodNames.RulesList, after is null ? "{}"u8 : System.Text.Encoding.UTF8.GetBytes($$"""{"after":{{after}}}"""), ProtocolJson.Default.RulesListResult);
            count += page.Rules.Count(static rule => rule.Decision == RuleDecision.Ask);

            // A next that does not rise would never end.
            if (page.Next is not { } next || next <= (after ?? 0))
            {
                return count;
            }

            after = next;
        }
    }
}
