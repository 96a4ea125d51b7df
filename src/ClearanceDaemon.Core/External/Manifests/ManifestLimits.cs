namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>Bounds of what a manifest may ask for.</summary>
internal static class ManifestLimits
{
    /// <summary>Handlers of one daemon, compiled in or not: a person must be able to know them all.</summary>
    public const int Handlers = 64;

    /// <summary>Bytes of one manifest: it is a page, not a program.</summary>
    public const int FileBytes = 8 * 1024;

    /// <summary>Characters of a handler's name: it is part of method names and of what every surface shows.</summary>
    public const int NameLength = 32;

    /// <summary>Bytes of its description: it is one line of a list.</summary>
    public const int DescriptionBytes = 200;

    /// <summary>Program and arguments.</summary>
    public const int ExecElements = 64;

    /// <summary>Methods of one handler.</summary>
    public const int Methods = 64;

    /// <summary>Action patterns of one role of a handler.</summary>
    public const int Patterns = 64;

    /// <summary>Variables a handler may be given besides the usual few.</summary>
    public const int Variables = 64;

    /// <summary>Names that are switched on or off, also of handlers that are gone: the file stays a page.</summary>
    public const int Switches = 256;

    /// <summary>Bytes of the file of switches: all of them fit, with what a person may add around them.</summary>
    public const int SwitchesFileBytes = 16 * 1024;

    /// <summary>The longest deadline: a handler that hangs holds its caller no longer.</summary>
    public static readonly TimeSpan MostDeadline = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(5);

    /// <summary>The least output that can be asked for: an answer with its digest fits.</summary>
    public const int LeastOutput = 1024;

    /// <summary>The most output of one answer: it must fit a line to an operator, with what is around it.</summary>
    public const int MostOutput = 512 * 1024;

    /// <summary>What an answer may be long unless the manifest says otherwise; with what is around it, it fits a line to an asker.</summary>
    public const int DefaultMaxOutput = 60 * 1024;

    /// <summary>The most requests at one time.</summary>
    public const int MostConcurrency = 64;

    public const int DefaultConcurrency = 4;
}
