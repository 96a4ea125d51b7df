namespace ClearanceDaemon.Protocol;

/// <summary>What each <see cref="LineFault"/> is called on the wire.</summary>
internal static class LineFaults
{
    public static RpcErrorCode Code(LineFault fault) => fault == LineFault.NotJson ? RpcErrorCode.ParseError : RpcErrorCode.InvalidRequest;

    public static ReadOnlySpan<byte> Message(LineFault fault) => fault switch
    {
        LineFault.NotJson => "The line is not JSON in UTF-8."u8,
        LineFault.TooDeep => "Arrays and objects nest deeper than 32."u8,
        LineFault.DuplicateMember => "A member appears twice in one object."u8,
        LineFault.NulCharacter => "A string holds U+0000."u8,
        LineFault.LoneSurrogate => "A string holds half a surrogate pair."u8,
        LineFault.ByteOrderMark => "The line starts with a byte order mark; leave it out."u8,
        LineFault.Batch => "Batches are not taken; send one request a line."u8,
        LineFault.NotAnObject => "A request is an object."u8,
        LineFault.UnknownMember => "A request has only jsonrpc, id, method and params."u8,
        LineFault.VersionMissing or LineFault.VersionBad => "A request has \"jsonrpc\":\"2.0\"."u8,
        LineFault.IdMissing or LineFault.IdBad => "A request has an id: a string of at most 128 bytes or a whole number of 64 bits."u8,
        LineFault.MethodMissing or LineFault.MethodBad => "A request has a method, a string."u8,
        LineFault.ParamsBad => "The params are an object."u8,
        _ => default,
    };

    /// <summary>The member of the envelope that the fault is about, if it is about one.</summary>
    public static ReadOnlySpan<byte> Member(LineFault fault) => fault switch
    {
        LineFault.VersionMissing or LineFault.VersionBad => "jsonrpc"u8,
        LineFault.IdMissing or LineFault.IdBad => "id"u8,
        LineFault.MethodMissing or LineFault.MethodBad => "method"u8,
        LineFault.ParamsBad => "params"u8,
        _ => default,
    };
}
