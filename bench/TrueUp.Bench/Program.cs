using TrueUp.Bench;

return args switch
{
    ["bench", .. var rest] => await BenchCommand.RunAsync(rest, CancellationToken.None),
    ["fault", ..] => BenchCommand.Usage("there is no fault program of that name"),
    _ => BenchCommand.Usage("say bench or fault"),
};
