using System.Text;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>One key that was pressed.</summary>
internal readonly record struct InboxKey(InboxKeyKind Kind, Rune Rune = default)
{
    public static InboxKey Of(char character) => new(InboxKeyKind.Character, new Rune(character));

    public bool Is(char character) => Kind == InboxKeyKind.Character && Rune.Value == character;
}
