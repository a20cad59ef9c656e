using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

/// <summary>The console's stylesheet, from inside the program.</summary>
public sealed class GetAsset
{
    private static readonly string Version = Ids.Of(typeof(GetAsset).Assembly.ManifestModule.ModuleVersionId.ToString());

    [Function("GetAsset")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/assets/{name}")] HttpRequest request,
        string name,
        CancellationToken token)
    {
        var content = name == "console.css" ? typeof(GetAsset).Assembly.GetManifestResourceStream($"Console/{name}") : null;
        return Task.FromResult(content is null
            ? Answer.Problem(Problems.NotFound("There is no such file."))
            : Answer.Stream(content, "text/css; charset=utf-8", Version, content.Length));
    }
}
