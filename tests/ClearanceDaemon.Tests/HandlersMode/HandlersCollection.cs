namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>These tests count the descriptors and descendants of the test process: nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HandlersCollection
{
    public const string Name = "handlers process";
}
