namespace ClearanceDaemon.Core.Clearances;

/// <summary>How an ask wants to be answered; no part of what is decided about.</summary>
internal readonly record struct AskTerms(TimeSpan Wait, string? Key)
{
    /// <summary>How long an ask waits for a person when it does not say.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);
}
