namespace ClearanceDaemon.Protocol;

/// <summary>
/// Writes whole reply lines, LF included, into a <see cref="LineBuffer"/>. An id token is the raw JSON of the request's id
/// (<see cref="RpcRequest.IdToken"/>); an empty one is written as null.
/// </summary>
public static class RpcWriter
{
    private static ReadOnlySpan<byte> Opening => "{\"jsonrpc\":\"2.0\",\"id\":"u8;

    /// <summary>Where the id token stands in every answer, in bytes from the start of the line.</summary>
    public static int IdOffset => Opening.Length;

    /// <summary>Writes an answer whose result is <paramref name="rawJson"/>, valid JSON.</summary>
    public static void Result(LineBuffer line, ReadOnlySpan<byte> idToken, ReadOnlySpan<byte> rawJson)
    {
        BeginResult(line, idToken);
        line.Raw(rawJson);
        EndResult(line);
    }

    /// <summary>Writes an answer up to its result; the caller writes that and calls <see cref="EndResult"/>.</summary>
    public static void BeginResult(LineBuffer line, ReadOnlySpan<byte> idToken)
    {
        Begin(line, idToken);
        line.Raw(",\"result\":"u8);
    }

    /// <summary>Ends what <see cref="BeginResult"/> began.</summary>
    public static void EndResult(LineBuffer line) => line.Raw("}\n"u8);

    /// <summary>Writes an error.</summary>
    /// <param name="line">Where to.</param>
    /// <param name="idToken">The request's id.</param>
    /// <param name="code">Which error.</param>
    /// <param name="message">One line of valid UTF-8: what is wrong and what to do.</param>
    /// <param name="member">The member that is wrong; left out when empty.</param>
    /// <param name="retryAfter">How long to wait before trying again; left out when null.</param>
    public static void Error(
        LineBuffer line, ReadOnlySpan<byte> idToken, RpcErrorCode code, ReadOnlySpan<byte> message, ReadOnlySpan<byte> member = default, TimeSpan? retryAfter = null)
    {
        Begin(line, idToken);
        line.Raw(",\"error\":{\"code\":"u8);
        line.Number((int)code);
        line.Raw(",\"message\":"u8);
        line.String(message);
        line.Raw(",\"data\":{\"code\":\""u8);
        line.Raw(RpcErrorCodes.Name(code));
        line.Raw((byte)'"');
        if (!member.IsEmpty)
        {
            line.Raw(",\"member\":"u8);
            line.String(member);
        }

        if (retryAfter is { } wait)
        {
            line.Raw(",\"retryAfter\":\""u8);
            line.Advance(Duration.Format(wait, line.GetSpan(Duration.MaxBytes)));
            line.Raw((byte)'"');
        }

        line.Raw("}}}\n"u8);
    }

    /// <summary>Writes the error a line was refused with.</summary>
    public static void Error(LineBuffer line, in RpcFault fault) => Error(line, fault.IdToken, fault.Code, fault.Message, fault.Member);

    /// <summary>Writes a notification whose params are <paramref name="rawJson"/>, a valid JSON object.</summary>
    public static void Notification(LineBuffer line, ReadOnlySpan<byte> method, ReadOnlySpan<byte> rawJson)
    {
        BeginNotification(line, method);
        line.Raw(rawJson);
        EndResult(line);
    }

    /// <summary>Writes a notification up to its params; the caller writes these and calls <see cref="EndResult"/>.</summary>
    public static void BeginNotification(LineBuffer line, ReadOnlySpan<byte> method)
    {
        line.Raw("{\"jsonrpc\":\"2.0\",\"method\":"u8);
        line.String(method);
        line.Raw(",\"params\":"u8);
    }

    private static void Begin(LineBuffer line, ReadOnlySpan<byte> idToken)
    {
        line.Raw(Opening);
        line.Raw(idToken.IsEmpty ? "null"u8 : idToken);
    }
}
