using ClearanceDaemon.Core.Dispatch;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>
/// Who holds how many connections. All callers are one user, so the shares are by socket and by process; ask sockets
/// together leave a reserve, so that the operator is never locked out. For the reactor's thread.
/// </summary>
internal sealed class Quotas(QuotaLimits limits)
{
    private readonly Dictionary<int, int> _perProcess = [];
    private int _asking;
    private int _operating;

    public QuotaLimits Limits => limits;

    /// <summary>Takes a place for one connection; false when there is none.</summary>
    public bool TryEnter(CallerRoles role, int? pid)
    {
        ref var held = ref role == CallerRoles.Operator ? ref _operating : ref _asking;
        var allowed = role == CallerRoles.Operator ? limits.OperatorConnections : limits.AskConnections;
        if (held >= allowed || (pid is { } process && role != CallerRoles.Operator && !TryEnterProcess(process)))
        {
            return false;
        }

        held++;
        return true;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(CallerRoles role, int? pid)
    {
        if (role == CallerRoles.Operator)
        {
            _operating--;
            return;
        }

        _asking--;
        if (pid is { } process && --_perProcess.AsRef(process) == 0)
        {
            _perProcess.Remove(process);
        }
    }

    private bool TryEnterProcess(int pid)
    {
        ref var held = ref _perProcess.AsRef(pid);
        if (held >= limits.ConnectionsPerProcess)
        {
            return false;
        }

        held++;
        return true;
    }
}
