using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// While it is on everything is denied, whatever rules and grants say. It holds over restarts: a file in the state
/// directory stands for it, and one that cannot be read counts as on. For the reactor's thread.
/// </summary>
internal sealed class Lockdown(LockdownFile file, AuditLog audit, EventHub hub, TimeProvider clock)
{
    private const string BegunAgain = "somebody locked everything down again meanwhile, so it stays; lift it again if that was you";
    private static readonly byte[] ByOperator = "operator"u8.ToArray();
    private LockdownNote? _note = file.Read();

    public bool IsOn => _note is not null;

    /// <summary>How often it was begun in this run: who lifts it says which one they mean.</summary>
    public int Begun { get; private set; }

    /// <summary>As results and events carry it.</summary>
    public LockdownState State => new()
    {
        On = IsOn,
        Since = _note is { } note ? PendingJson.Time(note.Since) : null,
        Reason = _note?.Reason,
    };

    /// <summary>What every ask is told.</summary>
    public Verdict Denial(RequestId id, byte[]? digest)
    {
        var reason = _note?.Reason is { } why ? $"everything is locked down: {why}" : "everything is locked down";
        return new(VerdictOutcome.Denied, id, ByOperator, Encoding.UTF8.GetBytes(reason), digest);
    }

    /// <summary>Denies everything from this moment on; null once that is on record and on disk, else what failed. It is on in any case.</summary>
    public async Task<string?> BeginAsync(string? reason, Asker by)
    {
        Begun++;
        _note ??= new(clock.GetUtcNow(), reason);
        Record("on"u8, by);
        var (note, recorded) = (_note, await audit.Durable());
        var failed = await Task.Run(() => file.Write(note));
        Tell();
        return recorded ? failed : "the audit log cannot be written; see: clearance status";
    }

    /// <summary>Lifts it: first on record, then on disk, then in force. Null once it is off, else why it stays on.</summary>
    /// <param name="by">Who lifts it.</param>
    /// <param name="begun"><see cref="Begun"/> when they said so: one that was begun since holds.</param>
    public async Task<string?> EndAsync(Asker by, int begun)
    {
        if (begun != Begun)
        {
            return BegunAgain;
        }

        Record("off"u8, by);
        if (!await audit.Durable())
        {
            return "the audit log cannot be written, so the lockdown stays; see: clearance status";
        }

        if (await Task.Run(file.Remove) is { } failed)
        {
            return failed;
        }

        if (begun != Begun)
        {
            // Somebody wants it on since: that holds, and is on disk again before anyone hears of it.
            var note = _note;
            await Task.Run(() => file.Write(note!));
            return BegunAgain;
        }

        _note = null;
        Tell();
        return null;
    }

    public void WriteState(LineBuffer json) => json.Raw(JsonSerializer.SerializeToUtf8Bytes(State, ProtocolJson.Default.LockdownState));

    private void Record(ReadOnlySpan<byte> state, Asker by)
    {
        var record = audit.Begin("lockdown"u8).Text("state"u8, state);
        if (by.Pid is { } pid)
        {
            record.Number("decider"u8, pid);
        }

        if (_note?.Reason is { } reason)
        {
            record.Text("reason"u8, Encoding.UTF8.GetBytes(reason));
        }

        record.End();
        audit.RequestAnchor(AnchorReason.Verdict);
    }

    private void Tell()
    {
        WriteState(hub.Begin("lockdown"u8));
        hub.End();
    }
}
