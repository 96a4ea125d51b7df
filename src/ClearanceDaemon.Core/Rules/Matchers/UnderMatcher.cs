namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>
/// Matches a normal absolute path that is the directory or lies below it, by its text: links are not followed, and
/// <c>/srvx</c> is not under <c>/srv</c>.
/// </summary>
internal sealed class UnderMatcher(byte[] directory) : ValueMatcher
{
    /// <summary>The directory without a slash at its end: the root is empty.</summary>
    public byte[] Prefix { get; } = directory.Length == 1 ? [] : directory;

    public override bool Matches(ReadOnlySpan<byte> value) =>
        value.StartsWith(Prefix) && (value.Length == Prefix.Length || value[Prefix.Length] == '/') && ResourcePath.IsNormalPath(value);

    public override string Describe() => "{\"under\":" + JsonQuote.Of(directory) + "}";
}
