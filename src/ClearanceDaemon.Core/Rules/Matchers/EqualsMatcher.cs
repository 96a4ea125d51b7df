namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>Matches one value, byte for byte.</summary>
internal sealed class EqualsMatcher(byte[] value) : ValueMatcher
{
    public byte[] Value => value;

    public override bool Matches(ReadOnlySpan<byte> value) => value.SequenceEqual(Value);

    public override string Describe() => JsonQuote.Of(Value);
}
