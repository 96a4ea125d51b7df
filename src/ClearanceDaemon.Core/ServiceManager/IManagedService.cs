namespace ClearanceDaemon.Core.ServiceManager;

/// <summary>What a service manager's messages need of the service.</summary>
internal interface IManagedService
{
    /// <summary>One line on how the service is.</summary>
    string Status { get; }

    /// <summary>Reads again what can change; completes when it is in force.</summary>
    Task ReloadAsync();

    /// <summary>Runs an action again and again for as long as the service's own loop turns, and not otherwise.</summary>
    void EveryWhileAlive(TimeSpan period, Action action);
}
