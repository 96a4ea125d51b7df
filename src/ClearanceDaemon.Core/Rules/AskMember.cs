namespace ClearanceDaemon.Core.Rules;

/// <summary>The text members of an ask; <c>argv</c> and <c>details</c> are lists of their own.</summary>
internal enum AskMember
{
    Action,
    Resource,
    Title,
    Reason,
    Project,
    As,
    Via,
}
