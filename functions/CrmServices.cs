using System.Text.Encodings.Web;
using System.Text.Unicode;
using Crm.Analysis;
using Crm.Channels;
using Crm.Communications;
using Crm.Console;
using Crm.Customers;
using Crm.Kernel;
using Crm.Marketing;
using Crm.Operations;
using Crm.Ports;
using Crm.Reports;
using Crm.Search;
using Crm.Service;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Crm;

/// <summary>What both hosts need, whichever engines they bring.</summary>
public static class CrmServices
{
    public static IServiceCollection AddCrm(this IServiceCollection services, CrmSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Company);
        services.AddSingleton(settings.Blocked);
        // A host whose store is open in one process only registers its own.
        services.TryAddSingleton(new Instances(Ids.Unguessable(), Single: false));

        services.AddSingleton<ISearch, DocumentSearch>();

        services.AddChannels();
        services.AddCustomers();
        services.AddCommunications();
        services.AddService();
        services.AddMarketing();
        services.AddAnalysis();
        services.AddReports();
        services.AddOperations();

        services.AddSingleton<Pages>();
        services.AddSingleton<IProblemPages, ProblemPages>();
        services.AddRazorComponents();
        // Chinese stays Chinese instead of becoming character entities.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery();
        services.AddDataProtection().SetApplicationName("Crm");
        services.AddSingleton<BlobKeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s =>
            new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = s.GetRequiredService<BlobKeyRing>()));
        return services;
    }
}
