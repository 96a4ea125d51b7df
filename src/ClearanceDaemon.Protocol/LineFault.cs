namespace ClearanceDaemon.Protocol;

/// <summary>Everything a request line can be refused for.</summary>
internal enum LineFault : byte
{
    None,
    NotJson,
    TooDeep,
    DuplicateMember,
    NulCharacter,
    LoneSurrogate,
    ByteOrderMark,
    Batch,
    NotAnObject,
    UnknownMember,
    VersionMissing,
    IdMissing,
    MethodMissing,
    VersionBad,
    IdBad,
    MethodBad,
    ParamsBad,
}
