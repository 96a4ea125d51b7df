namespace ClearanceDaemon.Core.TerokShield;

/// <summary>One thing said of a container.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Value">The text, or a number, bool or null as its JSON.</param>
/// <param name="IsText">Whether it is a text.</param>
internal sealed record DossierMember(string Name, string Value, bool IsText)
{
    public bool IsNull => !IsText && Value == "null";
}
