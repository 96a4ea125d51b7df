using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace ClearanceDaemon.Core.Audit;

/// <summary>The end of the chain: the last record's number and the hash that the next one carries as <c>prev</c>. A value: a copy is a point to go back to.</summary>
internal struct AuditChain
{
    private Digits _head;

    public AuditChain(long seq, ReadOnlySpan<byte> head)
    {
        Seq = seq;
        head.CopyTo(_head);
    }

    /// <summary>Before the first record ever.</summary>
    public static AuditChain Empty => new(0, AuditHash.Zeros);

    public long Seq { get; private set; }

    /// <summary>64 hex digits.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Head => _head;

    public readonly string HeadText => Encoding.ASCII.GetString(Head);

    /// <summary>Takes in the next record's line, without its LF.</summary>
    public void Advance(ReadOnlySpan<byte> line)
    {
        AuditHash.Write(line, _head);
        Seq++;
    }

    [InlineArray(AuditHash.HexBytes)]
    private struct Digits
    {
        private byte _first;
    }
}
