using System.Buffers;
using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Names nobody can guess: 130 random bits as 26 lower-case letters and digits. Straight from the kernel, since the
/// BCL's generator loads OpenSSL.
/// </summary>
internal static class RandomName
{
    public const int Length = 26;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    public static string Create()
    {
        Span<byte> random = stackalloc byte[Length];
        if (LibC.getentropy(random, Length) != 0)
        {
            throw new IOException($"getentropy failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }

        Span<char> name = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            name[i] = Alphabet[random[i] % Alphabet.Length];
        }

        return new string(name);
    }

    public static bool IsOne(ReadOnlySpan<char> name) => name.Length == Length && name.IndexOfAnyExcept(Allowed) < 0;
}
