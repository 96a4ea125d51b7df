namespace ClearanceDaemon.HandlersMode;

/// <summary>Runs the program of one handler, as one manifest says. For the reactor's thread.</summary>
internal interface IHandlerRunner
{
    /// <summary>Gives it a request; the outcome comes within the handler's deadline.</summary>
    Task<HandlerOutcome> RunAsync(OrderedRequest request);

    /// <summary>It is not to be used any more: a kept program may finish within a moment, all else is killed.</summary>
    /// <param name="why">What those are told whose requests are in flight.</param>
    void Retire(string why);

    /// <summary>Everything is killed now.</summary>
    /// <param name="why">What those are told whose requests are in flight.</param>
    void Kill(string why);
}
