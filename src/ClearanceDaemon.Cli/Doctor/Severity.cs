namespace ClearanceDaemon.Cli.Doctor;

/// <summary>How bad a finding is, the worst last.</summary>
internal enum Severity
{
    Ok,

    /// <summary>Worth knowing; nothing to be done about it now.</summary>
    Note,

    /// <summary>It works, but not as safely or as long as it should.</summary>
    Warning,

    /// <summary>Broken, or open to what it should keep out.</summary>
    Error,
}
