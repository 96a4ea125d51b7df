namespace ClearanceDaemon.Core.External.Orders;

/// <summary>An error that a handler answered with. The message is the handler's: clean it before it is logged.</summary>
internal sealed record HandlerError(int Code, string Message);
