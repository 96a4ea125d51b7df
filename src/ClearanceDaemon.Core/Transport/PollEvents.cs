namespace ClearanceDaemon.Core.Transport;

/// <summary>What a descriptor is waited for, and what it is ready for.</summary>
[Flags]
internal enum PollEvents
{
    None = 0,
    Read = 1,
    Write = 2,

    /// <summary>Error or hang-up; reported whether asked for or not.</summary>
    Closed = 4,
}
