namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The members of an ask a grant can be bound to, besides <c>details.NAME</c> for one detail. A bound member must be the same, and absent where it was absent.</summary>
public static class BindMember
{
    /// <summary>The action; always bound.</summary>
    public const string Action = "action";

    /// <summary>The resource.</summary>
    public const string Resource = "resource";

    /// <summary>All details: no other value, none more, none less. Otherwise bind single ones.</summary>
    public const string Details = "details";

    /// <summary>Every element of the command line; always bound where there is one.</summary>
    public const string Argv = "argv";

    /// <summary>The project.</summary>
    public const string Project = "project";

    /// <summary>Whose ask it is.</summary>
    public const string As = "as";

    /// <summary>The title.</summary>
    public const string Title = "title";

    /// <summary>The asker's reason.</summary>
    public const string Reason = "reason";
}
