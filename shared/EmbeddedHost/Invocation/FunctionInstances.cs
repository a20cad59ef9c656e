using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.EmbeddedHost;

/// <summary>Creates a function's class for one run from the run's services, and disposes it after.</summary>
internal sealed class FunctionInstances(MethodInfo method)
{
    private readonly ObjectFactory? create =
        method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes);

    /// <summary>Null for a static method.</summary>
    public object? Create(IServiceProvider services) => create?.Invoke(services, null);

    public static ValueTask Release(object? instance)
    {
        if (instance is IAsyncDisposable later) return later.DisposeAsync();
        (instance as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
