using System.Text.Json;
using ClearanceDaemon.Core.Documents;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>
/// Reads one rule file, which has no unknown and no duplicate members. Rules go to their readers one at a time, so that a big file is
/// never a tree.
/// </summary>
internal sealed class RuleFileReader(DocumentText text, int rulesLeft)
{
    public static readonly IReadOnlyList<string> Members = ["version", "rules", "tests"];

    private readonly RuleReader _ruleReader = new(text);
    private readonly RuleTestReader _testReader = new(text);
    private readonly DocumentValueReader _values = new(text);
    private bool _hasVersion;

    public List<Rule> Rules { get; } = [];

    public List<RuleTest> Tests { get; } = [];

    public void Read() => DocumentSyntax.Read(text, ReadFile);

    private void ReadFile(Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            text.Problem((int)reader.TokenStartIndex, "a rule file is an object: {\"version\": 1, \"rules\": [ … ]}");
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var name = DocumentJsonReader.ReadString(ref reader, text);
            DocumentJsonReader.CheckDuplicate(names, name, start, text);
            reader.Read();
            ReadMember(ref reader, name, start);
        }

        reader.Read();
        if (!_hasVersion)
        {
            text.Problem(0, "the file needs \"version\": 1");
        }
    }

    private void ReadMember(ref Utf8JsonReader reader, string name, int start)
    {
        switch (name)
        {
            case "version":
                _hasVersion = true;
                _values.Version(DocumentJsonReader.Read(ref reader, text));
                break;
            case "rules":
                ReadRules(ref reader);
                break;
            case "tests":
                ReadTests(ref reader);
                break;
            default:
                text.Problem(start, $"a rule file has no member \"{name}\"; allowed here: {string.Join(", ", Members)}");
                reader.Skip();
                break;
        }
    }

    private void ReadRules(ref Utf8JsonReader reader)
    {
        if (!IsArray(ref reader, "rules"))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (rulesLeft-- == 0)
            {
                text.Problem((int)reader.TokenStartIndex, $"all files together hold at most {RuleLimits.Rules} rules; the rest of this file was not read as rules");
            }

            if (rulesLeft < 0)
            {
                reader.Skip();
            }
            else if (_ruleReader.Read(DocumentJsonReader.Read(ref reader, text)) is { } rule)
            {
                Rules.Add(rule);
            }
        }
    }

    private void ReadTests(ref Utf8JsonReader reader)
    {
        if (!IsArray(ref reader, "tests"))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_testReader.Read(DocumentJsonReader.Read(ref reader, text)) is { } test)
            {
                Tests.Add(test);
            }
        }
    }

    private bool IsArray(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return true;
        }

        text.Problem((int)reader.TokenStartIndex, $"\"{name}\" is an array: [ … ]");
        reader.Skip();
        return false;
    }
}
