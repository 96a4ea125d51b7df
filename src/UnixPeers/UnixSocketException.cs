using System.Runtime.InteropServices;

namespace UnixPeers;

/// <summary>
/// A socket, directory or lock was refused or could not be made. The message reads
/// "LABEL PATH: what is wrong. What to do."
/// </summary>
public sealed class UnixSocketException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="fault">Whose fault it is; decides the exit code of a program.</param>
    /// <param name="label">The name the caller gave the socket.</param>
    /// <param name="path">The path, or the printable form of an abstract name.</param>
    /// <param name="explanation">Full sentences: what is wrong, then what to do.</param>
    public UnixSocketException(UnixSocketFault fault, string label, string path, string explanation)
        : base($"{label} {path}: {explanation}")
    {
        Fault = fault;
        Label = label;
        Path = path;
    }

    /// <summary>The kind of failure.</summary>
    public UnixSocketFault Fault { get; }

    /// <summary>The name the caller gave the socket.</summary>
    public string Label { get; }

    /// <summary>The path concerned, or the printable form of an abstract name.</summary>
    public string Path { get; }

    /// <summary>A failed system call as CannotCreate: "could not CALL: reason. ADVICE".</summary>
    internal static UnixSocketException FromErrno(string label, string path, string what, int errno, string advice) =>
        new(UnixSocketFault.CannotCreate, label, path, $"could not {what}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}). {advice}");
}
