using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What the record of a verdict says besides, where a person gave it: who sent it, for how long, and the grant it makes.</summary>
internal sealed record PersonsDecision(Asker Decider, GrantScope Scope, RequestId? Grant)
{
    public void WriteTo(AuditRecord record)
    {
        if (Decider.Pid is { } pid)
        {
            record.Number("decider"u8, pid);
        }

        record.Text("scope"u8, Encoding.UTF8.GetBytes(Scope.Name));
        if (Scope.Duration is { } duration)
        {
            record.Text("duration"u8, Encoding.UTF8.GetBytes(Duration.Format(duration)));
        }

        if (Scope.Uses is { } uses)
        {
            record.Number("uses"u8, uses);
        }

        if (Grant is { } grant)
        {
            record.Text("grant"u8, Encoding.UTF8.GetBytes(grant.ToString()));
        }
    }
}
