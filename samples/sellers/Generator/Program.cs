using TrueUp.Samples.Sellers;

const string Usage = """
    usage: sellers FOLDER [--seed N] [--clean]

    Writes sellers.xlsx (sheets Sellers and Properties), sellers.csv, properties.csv and mistakes.json into FOLDER.
    The same seed gives the same bytes. With --clean every mistake is mended and mistakes.json is empty.
    """;

if (!Arguments.TryParse(args, out var arguments))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var office = Office.Create(arguments.Seed, arguments.Clean);
Folder.Write(office, arguments.Folder);
Console.WriteLine(office.Describe());
return 0;
