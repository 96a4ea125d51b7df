using System.Buffers;
using System.Security.Cryptography;

namespace ClearanceDaemon.Core.Audit;

/// <summary>The one hash of the log: SHA-256 as 64 lower-case hex digits.</summary>
internal static class AuditHash
{
    public const int HexBytes = 64;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    public static ReadOnlySpan<byte> Zeros => "0000000000000000000000000000000000000000000000000000000000000000"u8;

    public static void Hex(ReadOnlySpan<byte> data, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(data, hash);
        var digits = "0123456789abcdef"u8;
        for (var i = 0; i < hash.Length; i++)
        {
            hex[2 * i] = digits[hash[i] >> 4];
            hex[(2 * i) + 1] = digits[hash[i] & 15];
        }
    }

    public static bool IsHex(ReadOnlySpan<byte> text) =>
        text.Length == HexBytes && !text.ContainsAnyExcept(HexDigits);
}
