using ClearanceDaemon.Native;
using CoreLibC = ClearanceDaemon.Core.Native.LibC;

namespace ClearanceDaemon.HandlersMode;

/// <summary>The pipes of a program that is being started: its ends, which are closed here once it has them, and ours.</summary>
internal sealed class ProgramPipes
{
    private const int None = -1;
    private readonly Pipe _input;
    private readonly Pipe _output;
    private readonly Pipe _errors;

    private ProgramPipes(Pipe input, Pipe output, Pipe errors) => (_input, _output, _errors) = (input, output, errors);

    /// <summary>Ours: what it reads is written here.</summary>
    public int Input => _input.WriteEnd;

    /// <summary>Ours: what it writes is read here.</summary>
    public int Output => _output.ReadEnd;

    /// <summary>Ours: what it complains is read here.</summary>
    public int Errors => _errors.ReadEnd;

    /// <summary>Its stdin, stdout and stderr; negative for none.</summary>
    public (int Input, int Output, int Errors) Theirs => (_input.ReadEnd, _output.WriteEnd, _errors.WriteEnd);

    public static ProgramPipes Create()
    {
        var made = new List<Pipe>();
        try
        {
            made.Add(Pipe.Create());
            made.Add(Pipe.Create());
            made.Add(Pipe.Create());
            return new(made[0], made[1], made[2]);
        }
        catch
        {
            made.ForEach(static pipe => pipe.Close());
            throw;
        }
    }

    public static ProgramPipes ForErrorsOnly() => new(new(None, None), new(None, None), Pipe.Create());

    public void CloseOurs() => Close(Input, Output, Errors);

    public void CloseTheirs() => Close(Theirs.Input, Theirs.Output, Theirs.Errors);

    private static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            if (descriptor != None)
            {
                _ = CoreLibC.close(descriptor);
            }
        }
    }
}
