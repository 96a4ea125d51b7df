using System.Text;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>Makes a path absolute and normal as its text alone allows: no link is followed, because it may be another one when the tool runs.</summary>
internal static class LexicalPath
{
    /// <param name="path">As the agent gave it.</param>
    /// <param name="directory">Where a relative one begins.</param>
    /// <param name="home">Where <c>~/</c> is.</param>
    /// <exception cref="HookInputException">It cannot be told where it leads.</exception>
    public static string Absolute(string path, string? directory, string? home)
    {
        var whole = path switch
        {
            "" => throw new HookInputException("the path is empty"),
            ['/', ..] => path,
            "~" or ['~', '/', ..] => Under(home, path[1..], path),
            ['~', ..] => throw new HookInputException($"{path} begins at another user's home"),
            _ => Under(directory, path, path),
        };
        var normal = Normal(whole);
        return Encoding.UTF8.GetByteCount(normal) <= HookLimits.PathBytes
            ? normal
            : throw new HookInputException($"the path is longer than {HookLimits.PathBytes} bytes");
    }

    private static string Under(string? directory, string path, string given) => directory is ['/', ..]
        ? $"{directory}/{path}"
        : throw new HookInputException($"{given} is relative, and to what is not known");

    private static string Normal(string path)
    {
        var names = new List<string>();
        foreach (var name in path.Split('/'))
        {
            if (name == "..")
            {
                names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
            }
            else if (name is not ("" or "."))
            {
                names.Add(name);
            }
        }

        return "/" + string.Join('/', names);
    }
}
