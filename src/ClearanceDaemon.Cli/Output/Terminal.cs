using System.Text;

namespace ClearanceDaemon.Cli.Output;

/// <summary>
/// Where answers and complaints go. Lines for people are <see cref="SafeText"/> and JSON is made harmless by
/// <see cref="JsonLine"/>, so nothing that came over the wire reaches a terminal as it is.
/// </summary>
internal sealed class Terminal(Surroundings surroundings)
{
    /// <summary>The value of <c>--color</c>.</summary>
    public string Colours { get; set; } = ColourMode.Auto;

    /// <summary>One line on standard output. Fails when it cannot be written: an answer nobody got is none.</summary>
    public void Line(SafeTextHandler text) => Write(surroundings.Out, text.Take());

    /// <summary>One line on standard error.</summary>
    public void Complain(SafeTextHandler text)
    {
        try
        {
            Write(surroundings.Error, text.Take());
        }
        catch (IOException)
        {
            // The exit code says it too.
        }
    }

    /// <summary>One line on standard error, when a person is watching it.</summary>
    public void Tell(SafeTextHandler text)
    {
        if (surroundings.ErrorIsTerminal())
        {
            Complain(text);
        }
    }

    /// <summary>One JSON value on one line of standard output.</summary>
    public void Json(ReadOnlySpan<byte> json) => Write(surroundings.Out, JsonLine.Harmless(json));

    /// <summary>One JSON value on one line of standard output for another program, byte for byte; for a person harmless all the same.</summary>
    public void ExactJson(ReadOnlySpan<byte> json)
    {
        if (surroundings.OutIsTerminal())
        {
            Json(json);
            return;
        }

        surroundings.Out.Write([.. json, (byte)'\n']);
    }

    /// <summary>A text of this program, as it is.</summary>
    public void Script(string ownText) => Write(surroundings.Out, ownText);

    /// <summary>The no of a verb that failed, where its host reads standard output: a text of this program, as it is.</summary>
    public void Refuse(string? ownText)
    {
        try
        {
            if (ownText is not null)
            {
                Write(surroundings.Out, ownText);
            }
        }
        catch (IOException)
        {
            // Nobody reads it any more; the exit code says it too.
        }
    }

    public SafeText Paint(Colour colour, SafeText text)
    {
        if (text.Length == 0 || !ColourMode.IsOn(Colours, surroundings.OutIsTerminal, surroundings.Variable))
        {
            return text;
        }

        return text.Between(
            colour switch
            {
                Colour.Good => "\e[32m",
                Colour.Bad => "\e[31m",
                Colour.Doubtful => "\e[33m",
                _ => "\e[2m",
            },
            "\e[0m");
    }

    public SafeText Paint(Colour colour, SafeTextHandler text) => Paint(colour, SafeText.Of(text));

    /// <summary>For the parser's help and version texts, which are ours alone.</summary>
    public TextWriter Writer() => new StreamWriter(surroundings.Out, new UTF8Encoding(false), 1024, leaveOpen: true) { AutoFlush = true };

    private static void Write(Stream stream, string line)
    {
        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        stream.Flush();
    }
}
