namespace ClearanceDaemon;

/// <summary>What the daemon's exit codes mean (sysexits.h).</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>rules check found errors.</summary>
    public const int ChecksFailed = 1;

    /// <summary>EX_USAGE: the command line makes no sense.</summary>
    public const int Usage = 64;

    /// <summary>EX_SOFTWARE: a fault of ours.</summary>
    public const int Software = 70;

    /// <summary>EX_CANTCREAT: a directory, socket or file cannot be made.</summary>
    public const int CannotCreate = 73;

    /// <summary>EX_TEMPFAIL: another daemon holds the lock or the address.</summary>
    public const int AlreadyRunning = 75;

    /// <summary>EX_NOPERM: the place is not safe, so the ritual refuses it.</summary>
    public const int Refused = 77;

    /// <summary>EX_CONFIG: a setting is wrong.</summary>
    public const int Configuration = 78;
}
