using System.ComponentModel;

namespace ClearanceDaemon.HandlersMode;

/// <summary>One running program with our ends of its pipes. For the reactor's thread.</summary>
internal sealed class HandlerProcess
{
    private readonly Workshop _workshop;
    private readonly HandlerProgram _program;
    private readonly IProcessOwner _owner;
    private readonly LastBytes _lastErrors = new();
    private readonly ErrorLog _errorLog;
    private PipeWriter? _input;
    private PipeReader? _output;
    private PipeReader? _errors;
    private int _pid;
    private bool _killed;
    private ExitStatus? _exitedEarly;

    public HandlerProcess(Workshop workshop, HandlerProgram program, IProcessOwner owner)
    {
        (_workshop, _program, _owner) = (workshop, program, owner);
        _errorLog = new(line => HandlersLog.Stderr(workshop.Log, program.Name, line), () => workshop.Reactor.Now);
    }

    public int PendingInput => _input?.Pending ?? 0;

    /// <summary>Told when the process and all that came of it are gone.</summary>
    public Action? Gone { get; set; }

    /// <summary>The end of what it wrote to stderr, or null.</summary>
    public string? LastErrors => _lastErrors.Text();

    /// <summary>Starts it; null when it runs, or why it does not. One that was killed meanwhile is ended at once.</summary>
    public async Task<string?> StartAsync()
    {
        ProgramPipes pipes;
        try
        {
            pipes = _program.Talks ? ProgramPipes.Create() : ProgramPipes.ForErrorsOnly();
        }
        catch (Win32Exception e)
        {
            Gone?.Invoke();
            return $"{_program.Name} was not started: {e.Message}";
        }

        var attempt = await _workshop.Children.StartAsync(() => ProgramStart.Try(_program, pipes), OnExited);
        pipes.CloseTheirs();
        if (attempt.Problem is not null)
        {
            pipes.CloseOurs();
            Gone?.Invoke();
            return attempt.Problem;
        }

        _pid = attempt.Pid;
        HandlersLog.Started(_workshop.Log, _program.Name, _pid);
        Open(pipes);
        return null;
    }

    public void Send(ReadOnlySpan<byte> line) => _input?.Send(line);

    /// <summary>Ends its stdin, after what is still to be written.</summary>
    public void EndInput() => _input?.CloseWhenSent();

    /// <summary>Kills it and all that came of it; its owner hears no more.</summary>
    public void Kill()
    {
        if (!_killed)
        {
            _killed = true;
            if (_errors is not null)
            {
                End();
            }
        }
    }

    private void Open(ProgramPipes pipes)
    {
        _errors = new(_workshop.Reactor, pipes.Errors, OnErrors);
        if (_program.Talks)
        {
            _input = new(_workshop.Reactor, pipes.Input);
            _output = new(_workshop.Reactor, pipes.Output, OnOutput);
        }

        if (_killed)
        {
            End();
        }
        else if (_exitedEarly is { } status)
        {
            OnExited(status);
        }
    }

    private void OnOutput(ReadOnlySpan<byte> bytes)
    {
        if (!_killed)
        {
            _owner.OnOutput(bytes);
        }
    }

    private void OnErrors(ReadOnlySpan<byte> bytes)
    {
        _lastErrors.Add(bytes);
        _errorLog.Add(bytes);
    }

    private void OnExited(ExitStatus status)
    {
        if (_errors is null)
        {
            _exitedEarly = status;
            return;
        }

        if (!_killed)
        {
            // What it wrote and did then is one story, whichever of the two we were told first.
            _output?.Drain(HandlersLimits.LastOutput);
            _errors?.Drain(HandlersLimits.LastErrors);
        }

        if (!_killed)
        {
            _owner.OnExit(status);
        }
    }

    private void End()
    {
        _input?.Close();
        _output?.Close();
        _errors?.Drain(HandlersLimits.LastErrors);
        _errors?.Close();
        _errorLog.End();
        _workshop.Children.End(_pid, Gone);
    }
}
