using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The beginning of an id that stands for the whole where a person types it. Only exactly one match is a match.</summary>
internal static class IdPrefix
{
    /// <summary>More matches than this are counted, not named.</summary>
    private const int Named = 8;

    /// <summary>Nothing else on the command line may come to stand for an id, least of all an empty one.</summary>
    public static void Require(string prefix)
    {
        if (!RequestId.IsPrefix(Encoding.UTF8.GetBytes(prefix)))
        {
            throw new UsageException(
                $"\"{prefix}\" is no id. Give at least {RequestId.PrefixDigits} of its {RequestId.Digits} digits, 0-9 and a-f.");
        }
    }

    /// <summary>The one item whose id begins so; null, and what to tell, when it is not exactly one.</summary>
    /// <param name="all">Every item there is.</param>
    /// <param name="prefix">What <see cref="Require"/> let pass.</param>
    /// <param name="what">What the items are called, such as <c>ask</c>.</param>
    /// <param name="list">The command that lists them.</param>
    /// <param name="failure">Why it is none.</param>
    public static Listed<T>? Find<T>(List<Listed<T>> all, string prefix, string what, string list, out Failure failure)
    {
        var matches = all.FindAll(item => item.Id.StartsWith(prefix, StringComparison.Ordinal));
        failure = matches.Count switch
        {
            0 => new Failure(ExitCodes.Negative, $"{prefix}: no {what} has this id now. {list} lists them."),
            1 => default,
            _ => new Failure(ExitCodes.Usage, $"{prefix}: {matches.Count} {what}s begin so: {Names(matches)}. Give more digits."),
        };
        return matches is [var only] ? only : null;
    }

    private static string Names<T>(List<Listed<T>> matches)
    {
        var digits = ShortId.Digits(matches.Select(static match => match.Id));
        var names = string.Join(", ", matches.Take(Named).Select(match => match.Id[..digits]));
        return matches.Count > Named ? names + ", …" : names;
    }
}
