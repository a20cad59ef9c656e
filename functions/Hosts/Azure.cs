using Crm;
using Crm.Hosts;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
// After the line above: the guard needs the HttpContext that it brings.
builder.UseMiddleware<AzureGuard>();
builder.Services.AddCrm(CrmSettings.From(builder.Configuration));
AzureEngines.Add(builder.Services, builder.Configuration);
await builder.Build().RunAsync();
