namespace Crm.EmbeddedHost;

/// <summary>Tries a run as often as the function's retry attribute says.</summary>
internal sealed class Attempts(RetryPolicy? policy, TimeProvider clock, Shutdown shutdown)
{
    /// <summary>Null once a try succeeded, else the error of the last one allowed.</summary>
    /// <param name="failed">Told of each failure; the wait, if any, has begun.</param>
    /// <exception cref="OperationCanceledException">The host stops; whether the work was done is not known.</exception>
    public async Task<Exception?> Run(Func<CancellationToken, Task> work, Action<Exception, TimeSpan?> failed)
    {
        for (int failures = 1; ; failures++)
        {
            Exception error;
            try
            {
                await work(shutdown.Drained);
                return null;
            }
            catch (Exception e) when (!shutdown.Drained.IsCancellationRequested)
            {
                error = e;
            }

            if (policy is null || !policy.Allows(failures))
            {
                failed(error, null);
                return error;
            }

            TimeSpan delay = policy.Delay(failures);
            Task wait = Task.Delay(delay, clock, shutdown.Stopping);
            failed(error, delay);
            await wait;
        }
    }
}
