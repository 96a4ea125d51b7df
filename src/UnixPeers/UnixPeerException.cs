using System.Globalization;

namespace UnixPeers;

/// <summary>A client could not reach, or must not use, the listener at an address. The message names users as well as uids.</summary>
public sealed class UnixPeerException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <param name="address">Where the client wanted to go.</param>
    /// <param name="expectedUid">Whom it expected there.</param>
    /// <param name="actual">Whom the kernel named, or null.</param>
    /// <param name="explanation">What is wrong, and what to do.</param>
    public UnixPeerException(UnixPeerFault kind, UnixAddress address, uint expectedUid, PeerCredentials? actual, string explanation)
        : base($"{address}: {explanation}")
    {
        Kind = kind;
        Address = address;
        ExpectedUid = expectedUid;
        ActualUid = actual?.Uid;
        Pid = actual?.Pid;
    }

    /// <summary>The kind of failure.</summary>
    public UnixPeerFault Kind { get; }

    /// <summary>Where the client wanted to go.</summary>
    public UnixAddress Address { get; }

    /// <summary>The uid the caller expected.</summary>
    public uint ExpectedUid { get; }

    /// <summary>The uid the kernel named; null where it named none.</summary>
    public uint? ActualUid { get; }

    /// <summary>The process that called listen, for display only; null where unknown.</summary>
    public int? Pid { get; }

    internal static UnixPeerException WrongUser(UnixAddress address, uint expectedUid, PeerCredentials actual)
    {
        var pid = actual.Pid is { } number ? string.Create(CultureInfo.InvariantCulture, $", pid {number}") : "";
        return new UnixPeerException(UnixPeerFault.Untrusted, address, expectedUid, actual,
            $"expected uid {UserNames.Describe(expectedUid)}, the listener is uid {UserNames.Describe(actual.Uid)}{pid}. "
            + "Nothing was sent. Find out who made this socket, or name the uid you expect.");
    }
}
