namespace Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

/// <summary>The name and the group of an operation in the API's description.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenApiOperationAttribute(string? operationId = null, params string[] tags) : Attribute
{
    public string? OperationId { get; } = operationId;

    public string[] Tags { get; } = tags;
}
