using System.Runtime.InteropServices;
using System.Text;

namespace ClearanceDaemon.Native;

/// <summary>Texts as the C library wants lists of them: NUL-ended, behind an array of pointers that ends with null. Owns the memory.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** _pointers;
    private readonly byte* _bytes;

    /// <param name="texts">Without NULs, which would cut them short.</param>
    public NativeStrings(params IReadOnlyList<string> texts)
    {
        var size = 0;
        foreach (var text in texts)
        {
            size += Encoding.UTF8.GetByteCount(text) + 1;
        }

        _bytes = (byte*)NativeMemory.Alloc((nuint)size);
        _pointers = (byte**)NativeMemory.Alloc((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        var at = _bytes;
        for (var i = 0; i < texts.Count; i++)
        {
            _pointers[i] = at;
            at += Encoding.UTF8.GetBytes(texts[i], new Span<byte>(at, (int)(_bytes + size - at)));
            *at++ = 0;
        }

        _pointers[texts.Count] = null;
    }

    public byte** Pointers => _pointers;

    public byte* First => _pointers[0];

    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        NativeMemory.Free(_bytes);
    }
}
