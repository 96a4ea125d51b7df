using System.Text;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Tells everyone who watches what becomes of pending asks. Told only what is on record.</summary>
internal sealed class DeskEvents(EventHub hub)
{
    public void Asked(PendingAsk pending)
    {
        PendingJson.Write(pending, hub.Begin("asked"u8, pending.Id));
        hub.End();
    }

    /// <summary>The same ask came again, or someone who waited for it left.</summary>
    public void AskedAgain(PendingAsk pending)
    {
        var data = hub.Begin("asked_again"u8, pending.Id);
        data.Raw("{\"times\":"u8);
        data.Number(pending.Times);
        data.Raw(",\"waiting\":"u8);
        data.Number(pending.Waiters.Count);
        data.Raw((byte)'}');
        hub.End();
    }

    public void Decided(PendingAsk pending, in Verdict verdict, Asker? decider = null, RequestId? grant = null)
    {
        var data = hub.Begin("decided"u8, pending.Id);
        data.Raw("{\"outcome\":\""u8);
        data.Raw(verdict.Outcome.Name());
        data.Raw("\",\"by\":"u8);
        data.String(verdict.By);
        if (verdict.Reason is not null)
        {
            data.Raw(",\"reason\":"u8);
            data.String(verdict.Reason);
        }

        if (grant is { } made)
        {
            data.Raw(",\"grant\":"u8);
            data.String(Encoding.UTF8.GetBytes(made.ToString()));
        }

        if (decider is not null)
        {
            data.Raw(",\"decider\":"u8);
            PendingJson.WriteVerified(decider.Credentials, "operator"u8, data);
        }

        data.Raw((byte)'}');
        hub.End();
    }
}
