using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>Runs lines through <see cref="RpcRequestReader"/> and turns the outcome into text.</summary>
internal static class RequestLines
{
    public static ReadLine Read(string line) => Read(Encoding.UTF8.GetBytes(line));

    public static ReadLine Read(byte[] line) => RpcRequestReader.TryRead(line, out var request, out var fault)
        ? new ReadLine(RpcErrorCode.None, Text(request.IdToken), Text(request.Method), Text(request.Params), "", "")
        : new ReadLine(fault.Code, Text(fault.IdToken), "", "", Text(fault.Message), Text(fault.Member));

    public static string Request(string parameters) => $$"""{"jsonrpc":"2.0","id":7,"method":"clearance.ask","params":{{parameters}}}""";

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    internal sealed record ReadLine(RpcErrorCode Code, string Id, string Method, string Params, string Message, string Member)
    {
        public bool Accepted => Code == RpcErrorCode.None;
    }
}
