using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// The compression function of SHA-256. The message schedule runs four words at a time in vectors beside the sixteen unrolled
/// rounds that use the words before them, so that the processor does both at once.
/// </summary>
internal static class Sha256Block
{
    public const int Bytes = 64;

    /// <summary>A lane's index that shuffles a zero in.</summary>
    private const uint None = uint.MaxValue;

    /// <summary>FIPS 180-4 section 5.3.3.</summary>
    private static readonly uint[] InitialWords =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    /// <summary>FIPS 180-4 section 4.2.2.</summary>
    private static readonly uint[] K =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    public static ReadOnlySpan<uint> Initial => InitialWords;

    /// <summary>Mixes whole blocks into the eight words of <paramref name="state"/>.</summary>
    public static void Compress(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..])
        {
            CompressOne(ref MemoryMarshal.GetReference(state[..8]), ref MemoryMarshal.GetReference(blocks));
        }
    }

    [SkipLocalsInit]
    private static void CompressOne(ref uint state, ref byte block)
    {
        Unsafe.SkipInit(out Vectors buffer);
        ref var wk = ref Unsafe.As<Vectors, uint>(ref buffer);
        ref var k = ref MemoryMarshal.GetArrayDataReference(K);
        uint a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        uint e = Unsafe.Add(ref state, 4), f = Unsafe.Add(ref state, 5), g = Unsafe.Add(ref state, 6), h = Unsafe.Add(ref state, 7);
        Vector128<uint> w0 = Load(ref block, 0), w1 = Load(ref block, 16), w2 = Load(ref block, 32), w3 = Load(ref block, 48);
        for (nuint t = 0; ; t += 16)
        {
            (w0 + Vector128.LoadUnsafe(ref k, t)).StoreUnsafe(ref wk, 0);
            (w1 + Vector128.LoadUnsafe(ref k, t + 4)).StoreUnsafe(ref wk, 4);
            (w2 + Vector128.LoadUnsafe(ref k, t + 8)).StoreUnsafe(ref wk, 8);
            (w3 + Vector128.LoadUnsafe(ref k, t + 12)).StoreUnsafe(ref wk, 12);
            if (t < 48)
            {
                w0 = Next(w0, w1, w2, w3);
                w1 = Next(w1, w2, w3, w0);
                w2 = Next(w2, w3, w0, w1);
                w3 = Next(w3, w0, w1, w2);
            }

            EightRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, ref wk);
            EightRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, ref Unsafe.Add(ref wk, 8));
            if (t == 48)
            {
                break;
            }
        }

        state += a;
        Unsafe.Add(ref state, 1) += b;
        Unsafe.Add(ref state, 2) += c;
        Unsafe.Add(ref state, 3) += d;
        Unsafe.Add(ref state, 4) += e;
        Unsafe.Add(ref state, 5) += f;
        Unsafe.Add(ref state, 6) += g;
        Unsafe.Add(ref state, 7) += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightRounds(
        ref uint a, ref uint b, ref uint c, ref uint d, ref uint e, ref uint f, ref uint g, ref uint h, ref uint wk)
    {
        Round(a, b, c, ref d, e, f, g, ref h, wk);
        Round(h, a, b, ref c, d, e, f, ref g, Unsafe.Add(ref wk, 1));
        Round(g, h, a, ref b, c, d, e, ref f, Unsafe.Add(ref wk, 2));
        Round(f, g, h, ref a, b, c, d, ref e, Unsafe.Add(ref wk, 3));
        Round(e, f, g, ref h, a, b, c, ref d, Unsafe.Add(ref wk, 4));
        Round(d, e, f, ref g, h, a, b, ref c, Unsafe.Add(ref wk, 5));
        Round(c, d, e, ref f, g, h, a, ref b, Unsafe.Add(ref wk, 6));
        Round(b, c, d, ref e, f, g, h, ref a, Unsafe.Add(ref wk, 7));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint wk)
    {
        var sum1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
        var sum0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
        var choice = g ^ (e & (f ^ g));
        var known = h + wk;

        // The next round waits for d: the sum that arrives last is added last, even though that is one addition more.
        d = d + known + choice + sum1;
        h = known + choice + sum1 + (sum0 + ((a & b) | (c & (a | b))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Load(ref byte block, nuint offset)
    {
        var bytes = Vector128.LoadUnsafe(ref block, offset);
        return BitConverter.IsLittleEndian
            ? ByteShuffle.Apply(bytes, Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt32()
            : bytes.AsUInt32();
    }

    /// <summary>W[t..t+3] from W[t-16..t-1]: the last two of the four depend on the first two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Next(Vector128<uint> w0, Vector128<uint> w1, Vector128<uint> w2, Vector128<uint> w3)
    {
        var w15 = ShiftIn(w0, w1);
        var sigma0 = (w15 >>> 7 | w15 << 25) ^ (w15 >>> 18 | w15 << 14) ^ (w15 >>> 3);
        var sum = w0 + sigma0 + ShiftIn(w2, w3);
        sum += Sigma1(Vector128.Shuffle(w3, Vector128.Create(2, 3, None, None)));
        return sum + Sigma1(Vector128.Shuffle(sum, Vector128.Create(None, None, 0, 1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Sigma1(Vector128<uint> w) => (w >>> 17 | w << 15) ^ (w >>> 19 | w << 13) ^ (w >>> 10);

    /// <summary>The last three words of one vector and the first of the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> ShiftIn(Vector128<uint> low, Vector128<uint> high) =>
        Ssse3.IsSupported ? Ssse3.AlignRight(high.AsByte(), low.AsByte(), 4).AsUInt32()
        : AdvSimd.IsSupported ? AdvSimd.ExtractVector128(low, high, 1)
        : Vector128.Create(low[1], low[2], low[3], high[0]);

    [InlineArray(4)]
    private struct Vectors
    {
        private Vector128<uint> _vector;
    }
}
