using System.CommandLine;
using System.CommandLine.Parsing;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The words after <c>--</c>, which are another program's. A word before it that is no flag is a mistake, never one of them.</summary>
internal sealed class TrailingWords(string name, string description)
{
    private readonly Argument<string[]> _words = new(name) { Description = description, Arity = ArgumentArity.ZeroOrMore };

    public Argument Argument => _words;

    public bool AreGiven(ParseResult parsed) => parsed.GetResult(_words)?.Tokens.Count > 0;

    public string[] Read(ParseResult parsed)
    {
        var words = parsed.GetValue(_words) ?? [];
        var marked = parsed.Tokens.SkipWhile(static token => token.Type != TokenType.DoubleDash).Count() - 1;
        return words.Length <= Math.Max(0, marked)
            ? words
            : throw new UsageException($"\"{words[0]}\" is no flag. Put {description.Split(',')[0]} after --.");
    }
}
