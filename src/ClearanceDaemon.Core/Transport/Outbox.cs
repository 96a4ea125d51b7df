using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Transport;

/// <summary>
/// The unsent replies of one connection. It is lent by the reactor while there are any, so that an idle connection holds
/// no buffer. A line that must not overtake this turn's records is held: it is replaced if they could not be written.
/// </summary>
internal sealed class Outbox
{
    private static ReadOnlySpan<byte> NotRecorded => "the audit record could not be written, so nothing was decided; see clearance status"u8;
    /// <summary>What a peer must read to have the slow reader's clock start again.</summary>
    private const int ProgressBytes = 64 * 1024;

    private readonly List<(int Start, int Length, int IdStart, int IdLength)> _held = [];
    private int _sent;
    private int _progress;

    public LineBuffer Buffer { get; } = new(1024);

    public bool IsDrained => _sent == Buffer.Length;

    public ReadOnlySpan<byte> Unsent => Buffer.Written[_sent..];

    /// <summary>Notes that the first bytes of <see cref="Unsent"/> have gone.</summary>
    public void Advance(int count)
    {
        _sent += count;
        _progress += count;
    }

    /// <summary>
    /// True when the peer has read enough since the last time to count as reading, not dripping. What has gone is then
    /// forgotten, so that a reply stream never drained whole does not grow for ever. Only between turns: nothing is held.
    /// </summary>
    public bool TakeProgress()
    {
        if (_progress < ProgressBytes)
        {
            return false;
        }

        Buffer.Replace(0, _sent, default);
        _sent = _progress = 0;
        return true;
    }

    /// <summary>Notes that everything from <paramref name="start"/> is one reply that waits for the records of this turn.</summary>
    /// <param name="start">Where the reply begins.</param>
    /// <param name="idStart">Where, in the reply, its request id token stands; a negative value where there is none to answer.</param>
    /// <param name="idLength">The token's length.</param>
    public void Hold(int start, int idStart, int idLength) => _held.Add((start, Buffer.Length - start, start + idStart, idLength));

    /// <summary>Lets the held replies go, or turns each into an error: what it says was never recorded, so it was never decided.</summary>
    public void Settle(bool committed)
    {
        if (!committed)
        {
            FailHeld();
        }

        _held.Clear();
    }

    public void Reset()
    {
        _held.Clear();
        Buffer.Truncate(0);
        _sent = _progress = 0;
    }

    private void FailHeld()
    {
        var error = new LineBuffer();

        // From the end, so that the earlier positions stay true.
        for (var i = _held.Count - 1; i >= 0; i--)
        {
            var (start, length, idStart, idLength) = _held[i];
            error.Truncate(0);
            if (idLength > 0)
            {
                RpcWriter.Error(error, Buffer.Written.Slice(idStart, idLength), RpcErrorCode.Unavailable, NotRecorded);
            }

            Buffer.Replace(start, length, error.Written);
        }

    }
}
