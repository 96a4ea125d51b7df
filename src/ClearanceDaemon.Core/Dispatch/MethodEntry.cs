namespace ClearanceDaemon.Core.Dispatch;

/// <summary>A method of the table: its name as it comes over the wire, and who handles it.</summary>
internal sealed record MethodEntry(byte[] Name, IRequestHandler Handler)
{
    public bool Serves(ReadOnlySpan<byte> method, CallerRoles role) => (Handler.Callers & role) != 0 && method.SequenceEqual(Name);
}
