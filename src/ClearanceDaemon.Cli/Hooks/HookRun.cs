using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// One run for a host: reads the call, asks, answers. Whatever goes wrong, and whatever takes too long, is a denial: a host lets
/// through what a hook did not answer.
/// </summary>
internal sealed class HookRun(HookHost host, HookWish wish, Surroundings surroundings)
{
    private readonly long _started = Environment.TickCount64;
    private readonly TimeSpan _slack = TimeSpan.FromTicks(Math.Min(HookLimits.Slack.Ticks, surroundings.AnswerWithin.Ticks));
    private volatile string? _event;

    /// <returns>The exit code.</returns>
    public int Run()
    {
        var verdict = HookVerdict.Deny("");
        var worker = new Thread(() => verdict = Guarded()) { IsBackground = true };
        worker.Start();

        // The deadline is kept here and nowhere else, so that it holds for reading, connecting and faults of our own as well.
        return Answer(worker.Join(wish.Wait + _slack)
            ? verdict
            : HookVerdict.Deny($"there was no answer within {Duration.Format(wish.Wait + _slack)}. See whether clearanced runs: clearance status"));
    }

    /// <summary>Tells the host, in each way that it understands.</summary>
    public int Answer(HookVerdict verdict)
    {
        verdict = verdict with { Reason = $"clearance: {SafeText.Of($"{verdict.Reason}")}" };
        var output = host.Output(verdict, _event);
        var isDenied = verdict.Kind == HookVerdictKind.Deny;
        var isOutputWritten = output is null || TryWrite(surroundings.Out, output.Written);
        if (!isDenied && isOutputWritten)
        {
            return ExitCodes.Ok;
        }

        var reason = isDenied ? verdict.Reason : "clearance: the answer could not be written";
        return host.DenialExitCode(isOutputWritten && isDenied, TryWrite(surroundings.Error, System.Text.Encoding.UTF8.GetBytes(reason + "\n")));
    }

    private static bool TryWrite(Stream stream, ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            stream.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private HookVerdict Guarded()
    {
        try
        {
            return Judge();
        }
        catch (HookInputException e)
        {
            return HookVerdict.Deny($"{e.Message}. It was not asked about, and is not allowed.");
        }
        catch (Exception e)
        {
            // A fault on this thread would end the program with an exit code that lets the call through.
            return HookVerdict.Deny(Failure.Of(e).Message);
        }
    }

    private HookVerdict Judge()
    {
        var call = HookCall.Read(HookInput.Read(surroundings.In));
        _event = call.Event;
        return HookHost.Asks(call) ? host.Fit(Ask(call), call) : HookVerdict.Abstain("");
    }

    private HookVerdict Ask(HookCall call)
    {
        var frame = HookFrame.Of(call, host.Title);
        var asks = ToolAsks.Of(call, surroundings.Setting("HOME"));
        using var client = DaemonLink.Open(SocketRole.Ask, wish.Address, surroundings, wish.Wait);
        var strongest = HookVerdict.Allow("");
        foreach (var ask in asks)
        {
            var verdict = Ask(client, ask, frame);
            if (verdict.Kind == HookVerdictKind.Deny)
            {
                return verdict;
            }

            strongest = strongest.Reason.Length == 0 || verdict.Kind > strongest.Kind ? verdict : strongest;
        }

        return strongest;
    }

    private HookVerdict Ask(ClearanceClient client, HookAsk ask, HookFrame frame)
    {
        // Several asks share one wait.
        var left = wish.Wait - TimeSpan.FromMilliseconds(Environment.TickCount64 - _started);
        var parameters = ask.Write(frame, wait: left > TimeSpan.Zero ? left : TimeSpan.Zero);
        var result = Commands.Answer.Read(client.CallRaw(MethodNames.Ask, parameters.Written), ProtocolJson.Default.AskResult);
        return HookJudgement.Of(result, wish.Wait, wish.Closed);
    }
}
