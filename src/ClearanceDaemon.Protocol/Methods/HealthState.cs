namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The daemon's health as a whole.</summary>
public static class HealthState
{
    /// <summary>All is well.</summary>
    public const string Ok = "ok";

    /// <summary>Something below is not well.</summary>
    public const string Degraded = "degraded";
}
