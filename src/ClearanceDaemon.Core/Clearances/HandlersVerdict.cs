using System.Text;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What a handler decided.</summary>
/// <param name="Handler">Its name.</param>
/// <param name="Allows">Yes or no.</param>
/// <param name="Reason">For the asker, UTF-8.</param>
internal sealed record HandlersVerdict(string Handler, bool Allows, byte[]? Reason)
{
    public VerdictOutcome Outcome => Allows ? VerdictOutcome.Allowed : VerdictOutcome.Denied;

    /// <summary>What an answer's <c>by</c> says, in UTF-8: <c>handler:NAME</c>.</summary>
    public byte[] By { get; } = Encoding.ASCII.GetBytes("handler:" + Handler);
}
