namespace TrueUp.Server.Settings.Watching;

/// <summary>Something that is read from files or the control database and may change at any time.</summary>
internal interface IReloadable
{
    /// <summary>The folder where changes are to be expected.</summary>
    string Folder { get; }

    /// <summary>The files in it that matter, as a pattern.</summary>
    string Pattern { get; }

    /// <summary>Looks for changes and puts them in force.</summary>
    /// <param name="thorough">Whether to read also what looks unchanged by size and time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether something is changing just now, so that the next look should be soon.</returns>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    ValueTask<bool> LookAsync(bool thorough, CancellationToken cancellationToken);
}
