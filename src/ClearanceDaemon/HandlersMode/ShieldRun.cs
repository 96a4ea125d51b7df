using System.Text;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.HandlersMode;

/// <summary>One run of a program that says by its exit code whether it did what it was told.</summary>
internal sealed class ShieldRun : IProcessOwner
{
    private readonly Workshop _workshop;
    private readonly HandlerProgram _program;
    private readonly HandlerCall _call;
    private readonly HandlerProcess _process;
    private bool _ended;

    public ShieldRun(Workshop workshop, OrderedRequest request, HandlerProgram program)
    {
        (_workshop, _program) = (workshop, program);
        _call = new(request, 1, workshop.Reactor.Timers, HandlersLimits.EffectDeadline, _ => OnLate());
        _process = new(workshop, program, this);
    }

    public Task<HandlerOutcome> Outcome => _call.Outcome;

    /// <summary>Told when it has its outcome.</summary>
    public required Action<ShieldRun> Ended { get; init; }

    public void Start() => _ = StartAsync();

    public void Kill(string why) => Fail(HandlerFault.Unavailable, why);

    public void OnOutput(ReadOnlySpan<byte> bytes)
    {
        // Its stdout is /dev/null.
    }

    public void OnExit(ExitStatus status)
    {
        if (status.Code != 0)
        {
            Fail(HandlerFault.Exit, status.ToString(), status.Code);
        }
        else if (End())
        {
            var result = Encoding.UTF8.GetBytes($$"""{"digest":"{{_call.Request.Digest}}","ok":true}""");
            _call.Take(new(_call.Id, result, null), default);
        }
    }

    private async Task StartAsync()
    {
        if (await _process.StartAsync() is { } problem && End())
        {
            _call.Fail(new() { Why = HandlerFault.Start, Message = problem });
        }
    }

    private void OnLate() => Fail(HandlerFault.Deadline, $"did not end within {Duration.Format(HandlersLimits.EffectDeadline)} and was killed");

    private void Fail(string why, string what, int? exitCode = null)
    {
        var failure = new HandlerFailure { Why = why, Message = $"{string.Join(' ', _program.Command)}: {what}", Stderr = _process.LastErrors, ExitCode = exitCode };
        if (End())
        {
            HandlersLog.Failed(_workshop.Log, _program.Name, failure.Message);
            _call.Fail(failure);
        }
    }

    private bool End()
    {
        if (_ended)
        {
            return false;
        }

        _ended = true;
        Ended(this);
        _process.Kill();
        return true;
    }
}
