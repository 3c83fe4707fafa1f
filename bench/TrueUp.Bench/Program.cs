using TrueUp.Bench;

switch (args.LastOrDefault())
{
    case "audit-records":
        await AuditRecords.RunAsync(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: ./dev bench audit-records");
        return 2;
}
