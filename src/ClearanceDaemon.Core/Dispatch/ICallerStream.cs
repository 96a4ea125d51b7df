namespace ClearanceDaemon.Core.Dispatch;

/// <summary>What goes on after its request was answered: lines to one caller, as fast as it reads them. For the reactor's thread.</summary>
internal interface ICallerStream
{
    /// <summary>True when it has more to send than the caller had room for.</summary>
    bool IsPaused { get; }

    /// <summary>The caller has read what it was sent.</summary>
    void OnRoom();

    /// <summary>The caller is gone. Called once.</summary>
    void OnClosed();
}
