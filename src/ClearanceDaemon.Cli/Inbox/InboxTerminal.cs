using System.Runtime.InteropServices;
using System.Text;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The terminal while the inbox has it: raw, on its other screen; and given back as it was found, whatever happens.</summary>
internal sealed class InboxTerminal(int input, Stream output) : IDisposable
{
    private readonly byte[] _before = new byte[LibC.TermiosBytes];
    private readonly byte[] _raw = new byte[LibC.TermiosBytes];
    private bool _isOurs;

    public int Input => input;

    /// <summary>Takes the terminal; when it is ours already, only sets its modes again.</summary>
    /// <exception cref="IOException">The input is no terminal.</exception>
    public void Enter()
    {
        if (!_isOurs && LibC.tcgetattr(input, _before) != 0)
        {
            throw new IOException($"standard input is no terminal: {Marshal.GetLastPInvokeErrorMessage()}. Use clearance watch --plain.");
        }

        _before.CopyTo(_raw, 0);
        LibC.cfmakeraw(_raw);
        _isOurs = true;

        // What was typed before there was anything to see is thrown away.
        FlushKeys();
        Write(InboxFrame.Enter);
    }

    public void Leave()
    {
        if (!_isOurs)
        {
            return;
        }

        _isOurs = false;
        try
        {
            Write(InboxFrame.Leave);
        }
        catch (IOException)
        {
            // The terminal is gone, and its modes with it.
        }

        _ = LibC.tcsetattr(input, LibC.TCSAFLUSH, _before);
    }

    public void FlushKeys() => _ = LibC.tcsetattr(input, LibC.TCSAFLUSH, _raw);

    public void Write(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    }

    /// <returns>Bytes read; zero when the terminal is gone.</returns>
    public int Read(Span<byte> buffer) => (int)Math.Max(0, LibC.read(input, buffer, (nuint)buffer.Length));

    /// <summary>80 by 24 where the terminal does not say.</summary>
    public InboxInput.Resized Size() =>
        LibC.TryGetWindowSize(input, out var size) ? new InboxInput.Resized(size.ws_col, size.ws_row) : new InboxInput.Resized(80, 24);

    public void Dispose() => Leave();
}
