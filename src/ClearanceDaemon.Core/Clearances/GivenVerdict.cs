using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>A verdict that was given, with all that is needed to carry it out, and to show that it could not be.</summary>
/// <param name="Ask">What was asked; nothing changes it.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Verdict">Allowed or denied.</param>
/// <param name="Rule">The rule that left it to a person; null where none did.</param>
/// <param name="Asker">Who asked.</param>
/// <param name="Principal">Whose ask it is.</param>
internal sealed record GivenVerdict(AskMembers Ask, byte[] Digest, Verdict Verdict, Rule? Rule, Asker Asker, Principal Principal)
{
    /// <summary>How often a handler failed at it before.</summary>
    public int FailedBefore { get; init; }
}
