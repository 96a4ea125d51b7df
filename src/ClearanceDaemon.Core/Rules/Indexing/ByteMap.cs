using System.Diagnostics.CodeAnalysis;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Rules.Indexing;

/// <summary>A dictionary of byte strings that is searched with a span of an ask, without allocation.</summary>
internal sealed class ByteMap<T>
    where T : class, new()
{
    private readonly Dictionary<byte[], T> _entries = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public ByteMap() => _lookup = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The longest key, so that a search by prefixes or suffixes knows where to stop.</summary>
    public int LongestKey { get; private set; }

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out T? value) => _lookup.TryGetValue(key, out value);

    public T GetOrAdd(byte[] key)
    {
        if (!_entries.TryGetValue(key, out var value))
        {
            _entries.Add(key, value = new T());
            LongestKey = Math.Max(LongestKey, key.Length);
        }

        return value;
    }
}
