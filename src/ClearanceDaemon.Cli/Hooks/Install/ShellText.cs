using System.Text;

namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>Takes apart what <see cref="Notifications.ShellWords"/> put together: plain and single-quoted words, up to the first semicolon.</summary>
internal static class ShellText
{
    public static string[] Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isQuoted, isWord) = (false, false);
        for (var i = 0; i < text.Length && (isQuoted || text[i] != ';'); i++)
        {
            switch (text[i])
            {
                case '\'':
                    (isQuoted, isWord) = (!isQuoted, true);
                    break;
                case '\\' when !isQuoted && i + 1 < text.Length:
                    word.Append(text[++i]);
                    break;
                case ' ' when !isQuoted:
                    words.Add(word.ToString());
                    word.Clear();
                    isWord = false;
                    break;
                default:
                    word.Append(text[i]);
                    break;
            }
        }

        return word.Length > 0 || isWord ? [.. words, word.ToString()] : [.. words];
    }
}
