using System.Buffers.Text;

namespace UnixPeers;

/// <summary>
/// Reads the kernel's table of Unix sockets: "Num: RefCount Protocol Flags Type St Inode Path", numbers in hexadecimal
/// but for the inode (net/unix/af_unix.c, unix_seq_show; proc_net_unix(5)).
/// </summary>
internal static class ProcNetUnix
{
    private const int FlagsField = 3;
    private const int TypeField = 4;
    private const int PathField = 7;
    private const uint Accepting = 0x10000; // __SO_ACCEPTCON
    private const uint Stream = 1;
    private const uint SeqPacket = 5;

    public static bool HasListener(ReadOnlySpan<byte> table, ReadOnlySpan<byte> name, bool isAbstract)
    {
        while (!table.IsEmpty)
        {
            var end = table.IndexOf((byte)'\n');
            var line = end < 0 ? table : table[..end];
            table = end < 0 ? default : table[(end + 1)..];
            if (IsListener(line, name, isAbstract))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsListener(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, bool isAbstract)
    {
        uint flags = 0;
        uint type = 0;
        for (var field = 0; field < PathField; field++)
        {
            line = line.TrimStart((byte)' ');
            var end = line.IndexOf((byte)' ');
            if (end < 0)
            {
                return false;
            }

            var text = line[..end];
            if ((field == FlagsField && !Utf8Parser.TryParse(text, out flags, out _, 'x'))
                || (field == TypeField && !Utf8Parser.TryParse(text, out type, out _, 'x')))
            {
                return false;
            }

            line = line[(end + 1)..];
        }

        return (flags & Accepting) != 0 && (type is Stream or SeqPacket) && IsName(line, name, isAbstract);
    }

    // The kernel shows the leading NUL of an abstract name, and every NUL in it, as '@'.
    private static bool IsName(ReadOnlySpan<byte> shown, ReadOnlySpan<byte> name, bool isAbstract)
    {
        if (!isAbstract)
        {
            return shown.SequenceEqual(name);
        }

        if (shown.Length != name.Length + 1 || shown[0] != '@')
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if (shown[i + 1] != (name[i] == 0 ? (byte)'@' : name[i]))
            {
                return false;
            }
        }

        return true;
    }
}
