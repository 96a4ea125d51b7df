namespace ClearanceDaemon.Cli.Hooks;

/// <summary>Reads the host's call from standard input to its end.</summary>
internal static class HookInput
{
    /// <exception cref="HookInputException">There is nothing, or too much.</exception>
    public static byte[] Read(Stream input)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            var read = input.Read(buffer, length, buffer.Length - length);
            if (read <= 0)
            {
                break;
            }

            length += read;
            if (length > HookLimits.InputBytes)
            {
                Drain(input, buffer);
                throw new HookInputException($"the call is longer than {HookLimits.InputBytes} bytes");
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 4, HookLimits.InputBytes + 1));
            }
        }

        return length > 0 ? buffer[..length] : throw new HookInputException("standard input is empty: a host writes its call there");
    }

    // A host that cannot write all of it may take that for a broken hook, and go on without its answer.
    private static void Drain(Stream input, byte[] discarded)
    {
        while (input.Read(discarded) > 0)
        {
        }
    }
}
