using System.Globalization;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>What is to be said of handlers and of what they did, the same on every surface. The texts are not cleaned: whoever shows them does that.</summary>
internal static class HandlerWords
{
    /// <summary>What a person can do about an ask whose effect failed.</summary>
    public const string TryAgain = "a verdict tries again";

    /// <summary>What went wrong, with the exit code and the end of stderr where there are any.</summary>
    public static string Failure(HandlerFailure failure)
    {
        var stderr = failure.Stderr?.TrimEnd() is { Length: > 0 } text ? ": " + text : "";
        return Brief(failure) + stderr;
    }

    /// <summary>What went wrong, without what the handler wrote of it.</summary>
    public static string Brief(HandlerFailure failure)
    {
        var message = failure.Message.Length > 0 ? failure.Message : failure.Why;
        var code = failure.ExitCode is { } number ? string.Create(CultureInfo.InvariantCulture, $"exit code {number}") : "";
        return code.Length == 0 || message.Contains(code, StringComparison.OrdinalIgnoreCase) ? message : $"{message}, {code}";
    }

    /// <summary>A verdict that stands and was not carried out.</summary>
    public static string Failed(FailedEffect failed) => $"{Verdict(failed)}: {Failure(failed.Failure)}";

    /// <summary>The same in short.</summary>
    public static string FailedInShort(FailedEffect failed) => $"{Verdict(failed)}: {Brief(failed.Failure)}";

    /// <summary>When and how often it was tried.</summary>
    public static string Tries(FailedEffect failed) => failed.Attempts == 1
        ? $"tried at {failed.Time}"
        : string.Create(CultureInfo.InvariantCulture, $"tried {failed.Attempts} times, last at {failed.Time}");

    /// <summary>Why and until when a handler is not as it should be; empty when it is.</summary>
    public static string Trouble(HandlerItem handler)
    {
        if (handler.State is HandlerState.Ok or HandlerState.Disabled && handler.Problem is null)
        {
            return "";
        }

        var failure = handler.LastFailure is { } last ? Failure(last) : null;
        var why = handler.Problem ?? failure;
        var retry = handler.RetryAt is { } time ? $"; tried again at {time}" : "";
        return $"{State(handler.State)}{(why is null ? "" : ": " + why)}{retry}";
    }

    public static string State(string state) => state == HandlerState.BackingOff ? "backing off" : state;

    public static string Kind(string kind) => kind == HandlerKind.CompiledIn ? "compiled in" : kind;

    public static Colour? ColourOf(string state) => state switch
    {
        HandlerState.Ok => Colour.Good,
        HandlerState.Disabled => Colour.Dim,
        HandlerState.BackingOff => Colour.Doubtful,
        _ => Colour.Bad,
    };

    /// <summary>Whether anything stands in the way of a handler that is meant to work.</summary>
    public static bool AreWell(HandlersListResult handlers) =>
        handlers.Problems.Length == 0 && handlers.Process != HandlersProcess.Unreachable && !handlers.Items.Any(IsIll);

    /// <summary>It cannot do its work, and will not by itself in a moment.</summary>
    public static bool IsIll(HandlerItem handler) => handler.State is not (HandlerState.Ok or HandlerState.Disabled or HandlerState.BackingOff);

    /// <summary>What it counted that is not zero; empty when all is.</summary>
    public static string Counters(HandlerItem handler) => string.Join(", ", (handler.Counters ?? []).Where(static counter => counter.Value != 0)
        .Select(static counter => string.Create(CultureInfo.InvariantCulture, $"{counter.Key} {counter.Value}")));

    /// <summary>It was sent what it does not know: it, or who sends, may be older than the other.</summary>
    public static bool HasUnknown(HandlerItem handler) =>
        handler.Counters?.Any(static counter => counter.Value != 0 && counter.Key.StartsWith("unknown:", StringComparison.Ordinal)) == true;

    /// <summary>How the process stands that runs programs, after the words "their process".</summary>
    public static string Process(string process) => process switch
    {
        HandlersProcess.None => "is none: no program can be run",
        HandlersProcess.Idle => "is not running, as nothing needs it",
        HandlersProcess.Connected => "runs",
        HandlersProcess.Unreachable => "cannot be reached",
        _ => process,
    };

    private static string Verdict(FailedEffect failed) => $"{failed.Outcome} by {failed.By}, but {failed.Handler} failed";
}
