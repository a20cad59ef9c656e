using System.Reflection;

namespace Crm.EmbeddedHost;

/// <summary>
/// One function. An HTTP function's endpoint carries it as metadata, so that middleware knows what is about to run:
/// <c>context.GetEndpoint()?.Metadata.GetMetadata&lt;FunctionMetadata&gt;()</c>.
/// </summary>
/// <param name="Retry">Null: a failure is final.</param>
public sealed record FunctionMetadata(string Name, MethodInfo Method, Trigger Trigger, RetryPolicy? Retry);
