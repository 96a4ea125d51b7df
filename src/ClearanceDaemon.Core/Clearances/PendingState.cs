namespace ClearanceDaemon.Core.Clearances;

/// <summary>Where a pending ask stands.</summary>
internal enum PendingState : byte
{
    /// <summary>It can be decided, withdrawn or run out.</summary>
    Open,

    /// <summary>A person has decided and that is being put on disk: nothing else ends it now.</summary>
    Deciding,

    /// <summary>It has ended, even if that is not on record yet.</summary>
    Closed,
}
