using System.Text.Json;

namespace ClearanceDaemon.Core.Documents;

/// <summary>One value of a document with its place in the file's bytes.</summary>
internal sealed class DocumentJson
{
    public required JsonTokenType Kind { get; init; }

    public required int Start { get; init; }

    public int End { get; set; }

    /// <summary>A string decoded, a number as written.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<DocumentJsonMember> Members { get; init; } = [];

    public IReadOnlyList<DocumentJson> Items { get; init; } = [];

    public bool IsObject => Kind == JsonTokenType.StartObject;

    public bool IsArray => Kind == JsonTokenType.StartArray;

    public bool IsString => Kind == JsonTokenType.String;

    public DocumentJsonMember? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        return null;
    }
}
