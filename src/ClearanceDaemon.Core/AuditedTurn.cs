using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Transport;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core;

/// <summary>Ties the reactor's turn to the audit log: no answer leaves before the records made before it are written.</summary>
internal sealed class AuditedTurn(AuditLog audit, Action<bool> committed, ILogger<AuditedTurn> log) : ITurn
{
    private bool _wasAvailable = true;

    public bool HasUncommitted => audit.PendingBytes > 0;

    public bool IsFull => audit.PendingBytes > AuditLimits.PendingBytes;

    public void Begin() => audit.Tick();

    public bool Commit()
    {
        var written = audit.Commit();
        if (audit.Available != _wasAvailable)
        {
            _wasAvailable = audit.Available;
            if (_wasAvailable)
            {
                LogEvents.AuditHealed(log);
            }
            else
            {
                LogEvents.AuditFailed(log, audit.Status.Error ?? "unknown");
            }
        }

        committed(written);
        return written;
    }
}
