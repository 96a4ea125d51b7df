using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// One request and the process started for it. Its stdin is the request and then the end; its stdout is one line. With
/// that line it has done what it was started for: it is ended, whatever it still does, and its exit code is not looked at.
/// </summary>
internal sealed class RequestRun : IProcessOwner
{
    private readonly Manifest _manifest;
    private readonly Workshop _workshop;
    private readonly HandlerCall _call;
    private readonly HandlerProcess _process;
    private readonly OutputLines _lines;
    private AnswerLine? _answer;
    private byte[] _answerLine = [];
    private bool _ended;

    public RequestRun(Workshop workshop, Manifest manifest, OrderedRequest request)
    {
        (_workshop, _manifest) = (workshop, manifest);
        _lines = new(manifest.MaxOutput);
        _call = new(request, 1, workshop.Reactor.Timers, manifest.Deadline, _ => OnLate());
        _process = new(workshop, HandlerProgram.Of(manifest), this);
    }

    public Task<HandlerOutcome> Outcome => _call.Outcome;

    /// <summary>Told when it has its outcome.</summary>
    public required Action<RequestRun> Ended { get; init; }

    /// <summary>Told when its processes are gone.</summary>
    public required Action Gone
    {
        init => _process.Gone = value;
    }

    public void Start() => _ = StartAsync();

    public void Kill(string why) => Fail(HandlerFault.Unavailable, why);

    public void OnOutput(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            OnOutputEnd();
            return;
        }

        // All that it writes before it is ended counts, and that is one line: the cap of a line is the cap of everything.
        var fits = _lines.Take(bytes, OnLine);
        if (_ended)
        {
            return;
        }

        if (!fits)
        {
            Fail(HandlerFault.Output, $"wrote more than {_manifest.MaxOutput} bytes, its \"maxOutput\", and was killed", bytes);
        }
        else if (_answer is not null && IsBlank(_lines.Incomplete))
        {
            Complete(_answer);
        }
        else if (_answer is not null)
        {
            Fail(HandlerFault.Protocol, "wrote more than its answer, and was killed", bytes);
        }
    }

    public void OnExit(ExitStatus status)
    {
        var half = _lines.Incomplete.IsEmpty ? "" : " in the middle of a line (an answer ends with a line feed)";
        Fail(HandlerFault.Exit, $"{status} before it answered{half}", exitCode: status.Code);
    }

    private async Task StartAsync()
    {
        if (await _process.StartAsync() is { } problem)
        {
            End(new() { Why = HandlerFault.Start, Message = problem }, default);
            return;
        }

        _process.Send(_call.Line);
        _process.EndInput();
    }

    private bool OnLine(ReadOnlySpan<byte> line)
    {
        if (_answer is not null)
        {
            if (!IsBlank(line))
            {
                Fail(HandlerFault.Protocol, "wrote more than its answer, and was killed", line);
            }

            return !_ended;
        }

        if (AnswerLine.Read(line, out var problem) is not { } answer)
        {
            Fail(HandlerFault.Protocol, $"wrote a line that {problem}, and was killed", line);
            return false;
        }

        if (answer.Id != _call.Id)
        {
            Fail(HandlerFault.Protocol, "answered with another id, and was killed", line);
            return false;
        }

        (_answer, _answerLine) = (answer, line.ToArray());
        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t\r\n"u8).IsEmpty;

    private void Complete(AnswerLine answer)
    {
        if (_call.Take(answer, _answerLine) is { } wrong)
        {
            Fail(HandlerFault.Protocol, $"wrote a line that {wrong}, and was killed", _answerLine);
            return;
        }

        _ended = true;
        Ended(this);
        _process.Kill();
    }

    private void OnOutputEnd() => _workshop.Reactor.Timers.Schedule(
        HandlersLimits.SilentExit, () => Fail(HandlerFault.Protocol, "closed its stdout without an answer and went on, and was killed"));

    private void OnLate() => Fail(HandlerFault.Deadline, $"did not answer within {Duration.Format(_manifest.Deadline)}, its \"deadline\", and was killed");

    private void Fail(string why, string what, ReadOnlySpan<byte> line = default, int? exitCode = null) =>
        End(new() { Why = why, Message = $"{_manifest.Name} {what} ({_manifest.File})", Stderr = _process.LastErrors, ExitCode = exitCode }, line);

    private void End(HandlerFailure failure, ReadOnlySpan<byte> line)
    {
        if (!_ended)
        {
            _ended = true;
            Ended(this);
            _process.Kill();
            HandlersLog.Failed(_workshop.Log, _manifest.Name, failure.Message);
            _call.Fail(failure, line);
        }
    }
}
