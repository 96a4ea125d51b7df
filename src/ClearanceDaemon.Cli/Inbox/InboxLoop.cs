using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The one loop that reads keys and inputs, changes the state, and draws. It waits in poll(2) and nowhere else.</summary>
internal sealed class InboxLoop(InboxTerminal terminal, InboxQueue queue, InboxState state, TimeProvider time)
{
    private const short POLLIN = 1;
    private readonly KeyReader _keys = new();
    private readonly long _start = time.GetTimestamp();
    private readonly byte[] _buffer = new byte[1024];
    private string _drawn = "";
    private InboxEffect.Quit? _quit;

    /// <summary>Takes what goes to the daemon.</summary>
    public required Action<InboxEffect> Call { get; init; }

    public required bool HasColours { get; init; }

    private InboxMoment Now => new(time.GetUtcNow().ToUnixTimeMilliseconds(), (long)time.GetElapsedTime(_start).TotalMilliseconds);

    /// <returns>How it ended. The terminal is as it was before.</returns>
    public InboxEffect.Quit Run()
    {
        terminal.Enter();
        try
        {
            Apply(terminal.Size());
            while (_quit is null)
            {
                Draw();
                Step();
            }

            return _quit;
        }
        finally
        {
            terminal.Leave();
        }
    }

    private void Step()
    {
        Span<pollfd> entries = [new pollfd { fd = terminal.Input, events = POLLIN }, new pollfd { fd = queue.Descriptor, events = POLLIN }];
        var ready = LibC.poll(entries, 2, Pause());

        // What happened comes before what was typed: keys are for what the person could see.
        foreach (var input in queue.Take())
        {
            Apply(input);
        }

        if (ready > 0 && entries[0].revents != 0)
        {
            ReadKeys();
        }
        else if (ready == 0 && _keys.IsWaiting)
        {
            var keys = new List<InboxKey>();
            _keys.Flush(keys);
            Press(keys);
        }
    }

    /// <summary>Milliseconds until something would look different by itself; forever where nothing would.</summary>
    private int Pause() =>
        _keys.IsWaiting ? InboxLimits.KeyPause
        : state.Asks.Count > 0 || state.Message?.Until > Now.Steady ? InboxLimits.Tick
        : Timeout.Infinite;

    private void ReadKeys()
    {
        var count = terminal.Read(_buffer);
        if (count == 0 && Marshal.GetLastPInvokeError() is var errno)
        {
            // EINTR and EAGAIN pass; the end of input, or an error, is a terminal that is gone.
            _quit ??= errno is 4 or 11 or 35 ? null : new InboxEffect.Quit(ExitCodes.Interrupted, null);
            return;
        }

        var keys = new List<InboxKey>();
        _keys.Feed(_buffer.AsSpan(0, count), keys);
        Press(keys);
    }

    private void Press(List<InboxKey> keys)
    {
        foreach (var key in keys)
        {
            Apply(new InboxInput.Pressed(key));
        }
    }

    private void Apply(InboxInput input)
    {
        foreach (var effect in InboxUpdate.Apply(state, input, Now))
        {
            switch (effect)
            {
                case InboxEffect.Quit quit:
                    _quit ??= quit;
                    break;
                case InboxEffect.FlushKeys:
                    terminal.FlushKeys();
                    _keys.Clear();
                    break;
                case InboxEffect.Redraw:
                    Redraw();
                    break;
                case InboxEffect.Suspend:
                    Suspend();
                    break;
                case InboxEffect.Resume:
                    Resume();
                    break;
                default:
                    Call(effect);
                    break;
            }
        }
    }

    private void Draw()
    {
        var frame = InboxFrame.Of(InboxView.Draw(state, Now), HasColours);
        if (frame != _drawn)
        {
            terminal.Write(frame);
            _drawn = frame;
        }

        InboxUpdate.Drawn(state);
    }

    private void Redraw()
    {
        terminal.Write(InboxFrame.Clear);
        _drawn = "";
    }

    private void Suspend()
    {
        if (LibC.getsid(LibC.getppid()) != LibC.getsid(0))
        {
            // Started by ssh or a service, not by a shell of this terminal: nobody could let it go on.
            Apply(new InboxInput.Failed("there is no shell to go back to; q quits"));
            return;
        }

        terminal.Leave();

        // The whole group, as the shell's own key would: a wrapper must stop as well for the shell to come back.
        _ = LibC.kill(0, LibC.SIGSTOP);
        Resume();
    }

    private void Resume()
    {
        terminal.Enter();
        _keys.Clear();
        Apply(terminal.Size());
    }
}
