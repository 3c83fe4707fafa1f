using TrueUp.Bench;
using TrueUp.Bench.Faults;

return args switch
{
    ["bench", .. var rest] => await BenchCommand.RunAsync(rest, CancellationToken.None),
    ["fault", .. var rest] => await FaultCommand.RunAsync(rest, CancellationToken.None),
    _ => BenchCommand.Usage("say bench or fault"),
};
