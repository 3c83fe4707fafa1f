namespace TrueUp.Testing.Simulation;

/// <summary>A row as the model holds it.</summary>
/// <param name="Bytes">All of it, in hexadecimal.</param>
/// <param name="Stamp">When it was changed.</param>
/// <param name="IsOwned">Whether it lies within what the pipeline owns.</param>
/// <param name="IsRefused">Whether a target with constraints refuses it.</param>
internal readonly record struct ModelRow(string Bytes, long Stamp, bool IsOwned, bool IsRefused);
