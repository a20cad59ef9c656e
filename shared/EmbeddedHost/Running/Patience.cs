namespace Crm.EmbeddedHost;

/// <summary>How a pump waits for a store that does not answer.</summary>
internal static class Patience
{
    private static readonly RetryPolicy Policy = new(-1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    public static Task Wait(int failures, TimeProvider clock, CancellationToken token) =>
        Task.Delay(Policy.Delay(failures), clock, token);

    /// <summary>Does it until it succeeds; only <paramref name="token"/> ends the tries.</summary>
    public static async Task<T> Insist<T>(
        Func<CancellationToken, Task<T>> work, Action<Exception> failed, TimeProvider clock, CancellationToken token)
    {
        for (int failures = 1; ; failures++)
        {
            Task wait;
            try
            {
                return await work(token);
            }
            catch (Exception e) when (!token.IsCancellationRequested)
            {
                wait = Wait(failures, clock, token);
                failed(e);
            }

            await wait;
        }
    }
}
