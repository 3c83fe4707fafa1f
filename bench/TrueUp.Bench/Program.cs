using TrueUp.Bench;
using TrueUp.Bench.Faults;
using TrueUp.Bench.Verifier;

return args switch
{
    ["bench", "verifier", .. var rest] => await VerifierCommand.RunAsync(rest, CancellationToken.None),
    ["bench", .. var rest] => await BenchCommand.RunAsync(rest, CancellationToken.None),
    ["fault", .. var rest] => await FaultCommand.RunAsync(rest, CancellationToken.None),
    _ => BenchCommand.Usage("say bench or fault"),
};
