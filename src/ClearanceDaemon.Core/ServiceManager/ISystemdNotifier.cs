namespace ClearanceDaemon.Core.ServiceManager;

/// <summary>Tells the service manager how the service is (sd_notify(3)).</summary>
public interface ISystemdNotifier
{
    /// <summary>True when a service manager listens.</summary>
    bool IsEnabled { get; }

    /// <summary>Sends one message; a manager that is not there or does not listen is no error.</summary>
    void Notify(ServiceState state);
}
