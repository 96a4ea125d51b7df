namespace ClearanceDaemon.Tests.Configuration;

/// <summary>Tests that set variables of this process: one after the other.</summary>
[CollectionDefinition(Name)]
public static class EnvironmentCollection
{
    public const string Name = "environment";
}
