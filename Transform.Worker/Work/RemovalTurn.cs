namespace Dunnhumby.Transform.Worker.Work;

/// <summary>
/// When old versions are removed. Loads often come one after the other, and no reader waits for the removal, so that a run that waits goes first, but so many times in
/// a row only.
/// </summary>
internal sealed class RemovalTurn
{
    /// <summary>Runs that may publish before the removal although others wait.</summary>
    internal const int MostLeft = 10;

    private int _published;

    /// <summary>Whether something was published since the last removal.</summary>
    internal bool IsOwed => _published > 0;

    internal void Published() => _published++;

    /// <summary>Whether it is the removal's turn now.</summary>
    /// <param name="ran">Whether a run has just had its turn, so that another one may wait.</param>
    internal bool HasCome(bool ran) => _published > (ran ? MostLeft : 0);

    internal void Removed() => _published = 0;
}
