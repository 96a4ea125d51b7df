using System.Buffers.Binary;

namespace UnixPeers;

/// <summary>Parses macOS's <c>struct xucred</c> (sys/ucred.h), 76 bytes, little-endian on every Mac: version uint32, uid uint32, ngroups
/// int16, two bytes of padding, groups uint32[16] of which the first is the gid.</summary>
internal readonly struct Xucred
{
    internal const int Size = 76;
    internal const uint Version = 0;

    // XUCRED_NGROUPS: what the structure has room for. More would be read past its end.
    internal const int MaxGroups = 16;

    private const int UidOffset = 4;
    private const int CountOffset = 8;
    private const int GroupsOffset = 12;

    private Xucred(uint uid, uint[] groups)
    {
        Uid = uid;
        Groups = groups;
    }

    internal uint Uid { get; }

    internal uint Gid => Groups[0];

    internal uint[] Groups { get; }

    /// <returns>null when it parsed, else why it is refused.</returns>
    internal static PeerRefusal? Parse(ReadOnlySpan<byte> bytes, out Xucred xucred)
    {
        xucred = default;
        if (bytes.Length != Size)
        {
            return PeerRefusal.ShortRead;
        }

        uint uid = BinaryPrimitives.ReadUInt32LittleEndian(bytes[UidOffset..]);
        int count = BinaryPrimitives.ReadInt16LittleEndian(bytes[CountOffset..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Version || count is < 1 or > MaxGroups)
        {
            return PeerRefusal.BadVersion;
        }

        if (uid == Ucred.NoUid)
        {
            return PeerRefusal.InvalidUid;
        }

        uint[] groups = new uint[count];
        for (int i = 0; i < count; i++)
        {
            groups[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(GroupsOffset + (i * sizeof(uint)))..]);
        }

        xucred = new Xucred(uid, groups);
        return null;
    }
}
