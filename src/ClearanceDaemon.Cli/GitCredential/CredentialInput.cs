using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.GitCredential;

/// <summary>
/// What git wrote to standard input: read here to ask about it, then laid back for the helper to read, in a pipe that is the
/// new standard input. It may hold a secret, so it is never on a disk.
/// </summary>
internal static class CredentialInput
{
    /// <summary>The most read: a pipe holds that much before anyone reads it.</summary>
    public const int MaxBytes = 32 * 1024;

    private const short POLLOUT = 4;

    /// <summary>POSIX: a pipe that poll(2) calls writable takes this much at once.</summary>
    private const int PipeBytes = 4096;

    /// <exception cref="UsageException">There is more than <see cref="MaxBytes"/>.</exception>
    public static byte[] Read(Stream input)
    {
        var buffer = new byte[MaxBytes + 1];
        var length = input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length <= MaxBytes
            ? buffer[..length]
            : throw new UsageException($"git's request for a credential is longer than {MaxBytes} bytes, and was not asked about.");
    }

    /// <summary>Makes the bytes what the next program reads on standard input, and then its end.</summary>
    public static void LayBack(ReadOnlySpan<byte> bytes)
    {
        Span<int> pipe = stackalloc int[2];
        if (LibC.pipe(pipe) != 0)
        {
            throw Failed();
        }

        while (!bytes.IsEmpty)
        {
            // A full pipe would never become empty: whoever reads it is not there yet.
            var entry = new pollfd { fd = pipe[1], events = POLLOUT };
            var written = LibC.poll(ref entry, 1, 0) > 0 ? LibC.write(pipe[1], bytes, (nuint)Math.Min(bytes.Length, PipeBytes)) : 0;
            bytes = written > 0 ? bytes[(int)written..] : throw Failed();
        }

        if (LibC.dup2(pipe[0], 0) < 0)
        {
            throw Failed();
        }

        _ = LibC.close(pipe[0]);
        _ = LibC.close(pipe[1]);
    }

    private static NoAnswerException Failed() =>
        new($"git's request could not be handed to the credential helper: {Marshal.GetLastPInvokeErrorMessage()}.");
}
