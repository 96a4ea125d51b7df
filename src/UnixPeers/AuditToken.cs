using System.Buffers.Binary;

namespace UnixPeers;

/// <summary>macOS's <c>audit_token_t</c> (mach/message.h, bsm/libbsm.h): 32 bytes, uint32[8], as LOCAL_PEERTOKEN gives it.</summary>
/// <param name="EffectiveUid">Element 1.</param>
/// <param name="Pid">Element 5; always above 0.</param>
/// <param name="PidVersion">Element 7: differs between two processes that had the same pid, and changes on exec.</param>
public readonly record struct AuditToken(uint EffectiveUid, int Pid, uint PidVersion)
{
    internal const int Size = 32;

    private const int EffectiveUidOffset = 1 * sizeof(uint);
    private const int PidOffset = 5 * sizeof(uint);
    private const int PidVersionOffset = 7 * sizeof(uint);

    /// <returns>null for another length, the uid 2³²−1, or a pid that is not above 0.</returns>
    internal static AuditToken? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            return null;
        }

        uint uid = BinaryPrimitives.ReadUInt32LittleEndian(bytes[EffectiveUidOffset..]);
        int pid = BinaryPrimitives.ReadInt32LittleEndian(bytes[PidOffset..]);
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[PidVersionOffset..]);
        return uid != Ucred.NoUid && pid > 0 ? new AuditToken(uid, pid, version) : null;
    }
}
