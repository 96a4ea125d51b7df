namespace ClearanceDaemon.Core.Documents;

/// <summary>A member of an object, with the place of its name.</summary>
internal sealed record DocumentJsonMember(string Name, int Start, DocumentJson Value);
