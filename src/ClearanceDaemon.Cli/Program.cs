using ClearanceDaemon.Cli;

return CommandLine.Run(args, Surroundings.OfProcess());
