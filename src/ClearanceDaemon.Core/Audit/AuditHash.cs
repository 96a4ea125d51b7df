using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Audit;

/// <summary>The one hash of the log: SHA-256 as 64 lower-case hex digits.</summary>
internal static class AuditHash
{
    public const int HexBytes = 2 * Sha256.HashBytes;

    public static ReadOnlySpan<byte> Zeros => "0000000000000000000000000000000000000000000000000000000000000000"u8;

    public static void Write(ReadOnlySpan<byte> data, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(data, hash);
        Hex.Write(hash, hex);
    }

    public static bool IsHash(ReadOnlySpan<byte> text) => text.Length == HexBytes && Hex.IsHex(text);
}
