namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>The tests that share one user manager, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ManagerCollection : ICollectionFixture<UserManager>
{
    public const string Name = "user manager";
}
