using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What the record of a verdict says besides, where a person gave it: who sent it, for how long, and the grant it makes.</summary>
internal sealed record PersonsDecision(Asker Decider, DecisionOrder Order, RequestId? Grant)
{
    private static readonly string[] All = ["all"];

    public void WriteTo(AuditRecord record)
    {
        if (Decider.Pid is { } pid)
        {
            record.Number("decider"u8, pid);
        }

        var scope = Order.Scope;
        record.Text("scope"u8, Encoding.UTF8.GetBytes(scope.Name));
        if (scope.Duration is { } duration)
        {
            record.Text("duration"u8, Encoding.UTF8.GetBytes(Duration.Format(duration)));
        }

        if (scope.Uses is { } uses)
        {
            record.Number("uses"u8, uses);
        }

        if (Grant is { } grant)
        {
            record.Text("grant"u8, Encoding.UTF8.GetBytes(grant.ToString()));
            var bind = new LineBuffer();
            AskJson.WriteNames(Order.Bind ?? All, bind);
            record.Raw("bind"u8, bind.Written);
        }
    }
}
