namespace ClearanceDaemon.Core.Sessions;

/// <summary>Told of every caller that was refused for who it is.</summary>
internal interface IRefusals
{
    void OnRefused(string via, uint? uid, int? pid, string reason);
}
