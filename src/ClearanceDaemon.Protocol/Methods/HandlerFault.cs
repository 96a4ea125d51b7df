namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What can go wrong with a handler. None of them allows anything.</summary>
public static class HandlerFault
{
    /// <summary>It could not be started.</summary>
    public const string Start = "start";

    /// <summary>It did not answer in time and was killed.</summary>
    public const string Deadline = "deadline";

    /// <summary>It exited before it answered, or, where its exit is the answer, with a code other than 0.</summary>
    public const string Exit = "exit";

    /// <summary>It wrote more than its <c>maxOutput</c> and was killed.</summary>
    public const string Output = "output";

    /// <summary>What it wrote is no answer: no JSON, another id, another digest, a second answer. It was killed.</summary>
    public const string Protocol = "protocol";

    /// <summary>It answered with an error of its own.</summary>
    public const string Error = "error";

    /// <summary>It failed too often and is left alone for a while.</summary>
    public const string BackingOff = "backing_off";

    /// <summary>Too many calls of it are unanswered.</summary>
    public const string Busy = "busy";

    /// <summary>The handlers process cannot be reached, or is not what it should be.</summary>
    public const string Unavailable = "unavailable";
}
