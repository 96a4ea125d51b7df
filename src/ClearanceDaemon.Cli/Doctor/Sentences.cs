namespace ClearanceDaemon.Cli.Doctor;

/// <summary>Takes apart what a refusal says in one piece: "LABEL PATH: what is wrong. What to do."</summary>
/// <param name="What">What is wrong.</param>
/// <param name="Next">What to do.</param>
internal readonly record struct Sentences(string What, string Next)
{
    private const string Run = "Run: ";

    /// <param name="refusal">The whole of it.</param>
    /// <param name="otherwise">What to do where it does not say.</param>
    public static Sentences Of(UnixPeers.UnixSocketException refusal, string otherwise)
    {
        var place = $"{refusal.Label} {refusal.Path}: ";
        return Of(refusal.Message.StartsWith(place, StringComparison.Ordinal) ? refusal.Message[place.Length..] : refusal.Message, otherwise);
    }

    public static Sentences Of(string refusal, string otherwise)
    {
        var end = refusal.LastIndexOf(". ", StringComparison.Ordinal);
        if (end < 0)
        {
            return new(refusal.TrimEnd('.'), otherwise);
        }

        var next = refusal[(end + 2)..].TrimEnd('.');
        return new(refusal[..end], next.StartsWith(Run, StringComparison.Ordinal) ? next[Run.Length..] : next);
    }
}
