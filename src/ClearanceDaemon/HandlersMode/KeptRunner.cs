using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// A program that is started for the first request and given every further one, several at a time. When it breaks the
/// protocol it is killed, every request in flight to it fails, and the next one starts it anew.
/// </summary>
internal sealed class KeptRunner(Workshop workshop, Manifest manifest) : IHandlerRunner, IProcessOwner
{
    private readonly Dictionary<long, HandlerCall> _calls = [];
    private HandlerProcess? _process;
    private OutputLines _lines = new(manifest.MaxOutput);
    private long _lastId;
    private bool _isStarted;

    public Task<HandlerOutcome> RunAsync(OrderedRequest request)
    {
        if (_calls.Count >= manifest.Concurrency)
        {
            return Task.FromResult(HandlerOutcome.Failed(HandlerFault.Busy, $"{manifest.Name} already has {_calls.Count} requests, its \"concurrency\"; try again"));
        }

        var call = new HandlerCall(request, ++_lastId, workshop.Reactor.Timers, manifest.Deadline, OnLate);
        if (_process?.PendingInput + call.Line.Length > HandlersLimits.PendingInput)
        {
            call.Fail(Failure(HandlerFault.Busy, "does not read its requests as fast as they come; try again"));
            return call.Outcome;
        }

        _calls.Add(call.Id, call);
        if (_process is null)
        {
            _ = StartAsync();
        }
        else if (_isStarted)
        {
            _process.Send(call.Line);
        }

        return call.Outcome;
    }

    public void Retire(string why)
    {
        if (!_isStarted || _process is not { } process)
        {
            Kill(why);
            return;
        }

        process.EndInput();
        workshop.Reactor.Timers.Schedule(HandlersLimits.Grace, () =>
        {
            if (_process == process)
            {
                Kill(why);
            }
        });
    }

    public void Kill(string why) => End(Failure(HandlerFault.Unavailable, why));

    public void OnOutput(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            OnOutputEnd();
        }
        else if (!_lines.Take(bytes, OnLine))
        {
            End(Failure(HandlerFault.Output, $"wrote a line of more than {manifest.MaxOutput} bytes, its \"maxOutput\", and was killed"), bytes);
        }
    }

    public void OnExit(ExitStatus status)
    {
        var when = !_lines.Incomplete.IsEmpty ? " in the middle of a line" : _calls.Count > 0 ? " before it answered" : " with nothing to do";
        End(Failure(HandlerFault.Exit, $"{status}{when}") with { ExitCode = status.Code, Stderr = _process?.LastErrors });
    }

    private async Task StartAsync()
    {
        var process = _process = new(workshop, HandlerProgram.Of(manifest), this);
        (_lines, _isStarted) = (new(manifest.MaxOutput), false);
        var problem = await process.StartAsync();
        if (_process != process)
        {
            return;
        }

        if (problem is not null)
        {
            End(new() { Why = HandlerFault.Start, Message = problem });
            return;
        }

        _isStarted = true;
        foreach (var call in _calls.Values)
        {
            process.Send(call.Line);
        }
    }

    private bool OnLine(ReadOnlySpan<byte> line)
    {
        if (AnswerLine.Read(line, out var problem) is not { } answer)
        {
            EndForLine(line, problem);
        }
        else if (!_calls.TryGetValue(answer.Id, out var call))
        {
            EndForLine(line, "answers no request in flight to it: another id, or a second answer");
        }
        else if (call.Take(answer, line) is { } wrong)
        {
            EndForLine(line, wrong);
        }
        else
        {
            _calls.Remove(answer.Id);
        }

        return _process is not null;
    }

    private void EndForLine(ReadOnlySpan<byte> line, string problem) =>
        End(Failure(HandlerFault.Protocol, $"wrote a line that {problem}, and was killed"), line);

    private void OnOutputEnd()
    {
        var process = _process;
        workshop.Reactor.Timers.Schedule(HandlersLimits.SilentExit, () =>
        {
            if (_process == process && process is not null)
            {
                End(Failure(HandlerFault.Protocol, "closed its stdout and went on, and was killed"));
            }
        });
    }

    private void OnLate(HandlerCall late)
    {
        _calls.Remove(late.Id);
        late.Fail(Failure(HandlerFault.Deadline, $"did not answer within {Duration.Format(manifest.Deadline)}, its \"deadline\", and was killed") with { Stderr = _process?.LastErrors });
        End(Failure(HandlerFault.Exit, "was killed, because another request to it was not answered in time; try again"));
    }

    /// <summary>Kills what runs, and fails what is in flight to it.</summary>
    private void End(HandlerFailure failure, ReadOnlySpan<byte> line = default)
    {
        var (process, calls) = (_process, _calls.Values.ToArray());
        _process = null;
        _calls.Clear();
        if (calls.Length > 0 || failure.Why == HandlerFault.Protocol || failure.ExitCode is > 0)
        {
            HandlersLog.Failed(workshop.Log, manifest.Name, failure.Message);
        }

        process?.Kill();
        foreach (var call in calls)
        {
            call.Fail(failure, line);
        }
    }

    private HandlerFailure Failure(string why, string what) => new() { Why = why, Message = $"{manifest.Name} {what} ({manifest.File})" };
}
