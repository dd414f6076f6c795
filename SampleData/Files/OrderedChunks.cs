namespace Dunnhumby.SampleData.Files;

/// <summary>Makes chunks in parallel and hands them on in order. Only a few exist at a time, whatever the size of the whole.</summary>
internal static class OrderedChunks
{
    private const int Ahead = 2;

    internal static async Task RunAsync<T>(int count, int parallelism, Func<int, T> make, Func<T, ValueTask> take, CancellationToken cancellationToken)
    {
        var made = new Queue<Task<T>>();
        var next = 0;
        try
        {
            while (next < count || made.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                while (next < count && made.Count < (parallelism == 1 ? 1 : parallelism + Ahead))
                {
                    var chunk = next++;
                    made.Enqueue(Task.Run(() => make(chunk), cancellationToken));
                }

                await take(await made.Dequeue());
            }
        }
        finally
        {
            // Nobody else waits for what was begun when a write fails.
            await Task.WhenAll(made).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
