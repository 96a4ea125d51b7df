using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>Reads one manifest, which has no unknown and no duplicate members; everything that is wrong with it is a problem.</summary>
internal sealed class ManifestReader(DocumentText text)
{
    /// <summary>All that a manifest may hold, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<string> Members =
        ["version", "name", "description", "exec", "roles", "mode", "deadline", "maxOutput", "concurrency", "env", "cwd"];

    public static readonly IReadOnlyList<string> Required = ["version", "name", "exec", "roles", "mode"];
    public static readonly IReadOnlyList<string> Modes = ["kept", "request"];

    private readonly DocumentValueReader _values = new(text);

    /// <summary>Null when any problem was found in it.</summary>
    public Manifest? Read()
    {
        if (DocumentSyntax.ReadWhole(text) is not { } json)
        {
            return null;
        }

        if (!json.IsObject)
        {
            text.Problem(json.Start, "a manifest is an object: {\"version\": 1, \"name\": \"hello\", … }");
            return null;
        }

        _values.CheckNames(json, "a manifest", Members);
        foreach (var name in Required)
        {
            if (json.Find(name) is null)
            {
                text.Problem(json.Start, $"a manifest needs \"{name}\"");
            }
        }

        var manifest = ReadManifest(json);
        return text.ProblemCount == 0 ? manifest : null;
    }

    private Manifest ReadManifest(DocumentJson json)
    {
        if (json.Find("version") is { } version)
        {
            _values.Version(version.Value);
        }

        var name = json.Find("name") is { } named ? ReadName(named.Value) : null;
        var roles = json.Find("roles") is { } given ? new ManifestRolesReader(text, _values, name).Read(given.Value) : ManifestRoles.None;
        return new Manifest
        {
            Name = name ?? "",
            Description = json.Find("description") is { } description ? _values.String(description.Value, "description", ManifestLimits.DescriptionBytes) : null,
            File = text.File,
            Sha256 = Hash(text.Bytes),
            Exec = json.Find("exec") is { } exec ? ReadExec(exec.Value) : [],
            Methods = roles.Methods,
            Decides = roles.Decides,
            Effects = roles.Effects,
            Mode = json.Find("mode") is { } mode ? (ManifestMode)(_values.Choice(mode.Value, "mode", Modes) ?? 0) : default,
            Deadline = json.Find("deadline") is { } deadline ? ReadDeadline(deadline.Value) : ManifestLimits.DefaultDeadline,
            MaxOutput = ReadInteger(json, "maxOutput", ManifestLimits.LeastOutput, ManifestLimits.MostOutput, ManifestLimits.DefaultMaxOutput),
            Concurrency = ReadInteger(json, "concurrency", 1, ManifestLimits.MostConcurrency, ManifestLimits.DefaultConcurrency),
            Env = json.Find("env") is { } env ? ReadEnv(env.Value) : [],
            Cwd = json.Find("cwd") is { } cwd ? ReadCwd(cwd.Value) : "/",
        };
    }

    private string? ReadName(DocumentJson json)
    {
        if (!json.IsString || !HandlerName.IsValid(json.Text))
        {
            text.Problem(json.Start, $"name is 1 to {ManifestLimits.NameLength} of the characters a-z 0-9 _ -");
            return null;
        }

        if (HandlerName.Reserved.Contains(json.Text))
        {
            text.Problem(json.Start, $"no handler may be called \"{json.Text}\"; these names are the daemon's own: {string.Join(", ", HandlerName.Reserved)}");
        }

        if (Path.GetFileName(text.File) is var file && file != json.Text + DocumentFiles.Suffix)
        {
            text.Problem(json.Start, $"a manifest has the name of its file, {file}; rename the file to {json.Text}{DocumentFiles.Suffix}, or change the name");
        }

        return json.Text;
    }

    private IReadOnlyList<string> ReadExec(DocumentJson json)
    {
        if (!json.IsArray || json.Items.Count is 0 or > ManifestLimits.ExecElements || json.Items.Any(static item => !item.IsString || item.Text.Length == 0))
        {
            text.Problem(json.Start, $"exec is an array of 1 to {ManifestLimits.ExecElements} strings that are not empty: the program, then its arguments");
            return [];
        }

        if (!IsNormalPath(json.Items[0].Text) || json.Items[0].Text == "/")
        {
            text.Problem(json.Items[0].Start, "the first element of exec is the absolute path of a program, such as \"/usr/bin/python3\", without //, /./ and /../; no PATH is searched");
        }

        return [.. json.Items.Select(static item => item.Text)];
    }

    private TimeSpan ReadDeadline(DocumentJson json)
    {
        var deadline = _values.Duration(json, "deadline") ?? ManifestLimits.DefaultDeadline;
        if (deadline > ManifestLimits.MostDeadline)
        {
            text.Problem(json.Start, $"deadline is at most {Duration.Format(ManifestLimits.MostDeadline)}");
        }

        return deadline;
    }

    private int ReadInteger(DocumentJson json, string name, int least, int most, int otherwise) =>
        json.Find(name) is { } member ? (int)(_values.Integer(member.Value, name, least, most) ?? otherwise) : otherwise;

    private List<string> ReadEnv(DocumentJson json)
    {
        var names = new List<string>();
        if (!json.IsArray || json.Items.Count > ManifestLimits.Variables)
        {
            text.Problem(json.Start, $"env is an array of at most {ManifestLimits.Variables} names of variables; their values come from the handlers process");
            return names;
        }

        foreach (var item in json.Items)
        {
            if (!item.IsString || !VariableName.IsValid(item.Text))
            {
                text.Problem(item.Start, "each of env is the name of a variable: a letter or _, then letters, digits and _");
            }
            else if (VariableName.IsWithheld(item.Text))
            {
                text.Problem(item.Start, $"\"{item.Text}\" is for the process a service manager started and never handed on, like all of {string.Join(", ", VariableName.Withheld)}");
            }
            else if (names.Contains(item.Text))
            {
                text.Problem(item.Start, $"\"{item.Text}\" is already in env; keep one");
            }
            else
            {
                names.Add(item.Text);
            }
        }

        return names;
    }

    private string ReadCwd(DocumentJson json)
    {
        if (!json.IsString || !IsNormalPath(json.Text))
        {
            text.Problem(json.Start, "cwd is the absolute path of a directory, such as \"/srv/data\", without //, /./, /../ and without a slash at its end");
        }

        return json.Text;
    }

    private static bool IsNormalPath(string path) => ResourcePath.IsNormalPath(Encoding.UTF8.GetBytes(path));

    private static string Hash(byte[] bytes)
    {
        Span<byte> digest = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(bytes, digest);
        return Hex.Text(digest);
    }
}
