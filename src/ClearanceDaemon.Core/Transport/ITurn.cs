namespace ClearanceDaemon.Core.Transport;

/// <summary>What happens around the requests of one turn. Called on the reactor's thread.</summary>
internal interface ITurn
{
    /// <summary>True while records exist that answers must not overtake.</summary>
    bool HasUncommitted { get; }

    /// <summary>True when the records are many enough to be written before the turn is over.</summary>
    bool IsFull { get; }

    void Begin();

    /// <summary>Writes the records of this turn; false when that failed, and held answers become errors.</summary>
    bool Commit();
}
