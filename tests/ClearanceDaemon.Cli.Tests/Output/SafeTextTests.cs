using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Tests.Output;

/// <summary>What is ours is printed as it is, what comes from outside is cleaned once, and columns line up.</summary>
public sealed class SafeTextTests
{
    [Fact]
    public void LiteralsAreOursAndHolesAreNot()
    {
        var hostile = "\e[2J";
        Assert.Equal("\e[1m\\u{1b}[2J\n", SafeText.Of($"\e[1m{hostile}\n").ToString());
    }

    [Fact]
    public void ASafeTextIsNotCleanedAgain()
    {
        var once = SafeText.Of($"{"\u202e"}");
        Assert.Equal(once.ToString(), SafeText.Of($"{once}").ToString());
        Assert.Equal("\\u{202e}", once.ToString());
    }

    [Fact]
    public void NumbersAndNothing()
    {
        string? nothing = null;
        Assert.Equal("-5||", SafeText.Of($"{-5}|{nothing}|{SafeText.None}").ToString());
        Assert.Equal(0, SafeText.None.Length);
    }

    [Fact]
    public void ATableLinesUpAndItsLastColumnRunsFree()
    {
        using var output = new MemoryStream();
        var terminal = Terminal(output);
        var table = new Table();
        table.Row(SafeText.Of($"a"), SafeText.Of($"long"), SafeText.Of($"x"));
        table.Row(SafeText.Of($"bbb"), SafeText.Of($"y"));
        table.Row(SafeText.Of($"a last cell that is alone"));
        table.Row(SafeText.Of($"cc"), SafeText.Of($"d"), SafeText.Of($"z"));
        table.Print(terminal);
        Assert.Equal("a    long  x\nbbb  y\na last cell that is alone\ncc   d     z\n", Text(output));
    }

    [Fact]
    public void ColourDoesNotWidenAColumn()
    {
        using var output = new MemoryStream();
        var terminal = Terminal(output);
        terminal.Colours = ColourMode.Always;
        var table = new Table();
        table.Row(Colour.Bad, SafeText.Of($"a"), SafeText.Of($"b"));
        table.Row(SafeText.Of($"aa"), SafeText.Of($"b"));
        table.Print(terminal);
        Assert.Equal("a   \e[31mb\e[0m\naa  b\n", Text(output));
    }

    [Fact]
    public void NothingIsPaintedAsNothing()
    {
        using var output = new MemoryStream();
        var terminal = Terminal(output);
        terminal.Colours = ColourMode.Always;
        Assert.Equal("", terminal.Paint(Colour.Good, SafeText.None).ToString());
    }

    private static string Text(MemoryStream output) => System.Text.Encoding.UTF8.GetString(output.ToArray());

    private static Terminal Terminal(Stream output) => new(new Surroundings
    {
        Out = output,
        Error = Stream.Null,
        OutIsTerminal = static () => false,
        ErrorIsTerminal = static () => false,
        Variable = static _ => null,
        Uid = 0,
        ExitOnInterrupt = static _ => null,
    });
}
