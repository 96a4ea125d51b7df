namespace ClearanceDaemon.Core.Clearances;

/// <summary>How an ask wants to be answered; no part of what is decided about.</summary>
internal readonly record struct AskTerms(TimeSpan Wait, string? Key)
{
    /// <summary>A firewall reported it: nobody waits for the answer, so it may wait for a person to come, unless its rule says what else.</summary>
    public bool IsReported { get; init; }

    /// <summary>How long an ask waits for a person when it does not say.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);
}
