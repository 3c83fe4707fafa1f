using TrueUp.Cli;

// Asking for the version is what scripts do most often: nothing else is loaded for it.
if (args is ["--version"])
{
    Console.Out.WriteLine(ProductVersion.Text);
    return ExitCodes.Success;
}
return await Application.RunAsync(args, TimeProvider.System);
