using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Matches any of several values, byte for byte, at the cost of one.</summary>
internal sealed class OneOfMatcher : ValueMatcher
{
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public OneOfMatcher(IReadOnlyList<byte[]> values)
    {
        Values = values;
        _lookup = new HashSet<byte[]>(values, Utf8Comparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public IReadOnlyList<byte[]> Values { get; }

    public override bool Matches(ReadOnlySpan<byte> value) => _lookup.Contains(value);

    public override string Describe() => "{\"oneOf\":[" + string.Join(',', Values.Select(static v => JsonQuote.Of(v))) + "]}";
}
