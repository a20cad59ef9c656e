using System.Text.Encodings.Web;
using System.Text.Unicode;
using Crm.Analysis;
using Crm.Channels;
using Crm.Console;
using Crm.Customers;
using Crm.Model;
using Crm.Operations;
using Crm.Reports;
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

        services.AddSingleton<IChannel, StandardWebhooks>();
        services.AddSingleton<ChannelsByProvider>();
        services.AddSingleton<OpenConnections>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<TakeInEvents>();

        services.AddSingleton<CustomerDirectory>();
        services.AddSingleton<ICustomerDirectory>(s => s.GetRequiredService<CustomerDirectory>());

        services.AddSingleton<IFollowsCustomers, AskForAnalysis>();
        services.AddSingleton<ContributeToDay>();

        services.AddSingleton<ReportRuns>();
        services.AddSingleton<DailyCommunicationReport>();

        services.AddSingleton<ApiKeys>();
        services.AddSingleton<CallerGate>();
        services.AddSingleton<ConsoleSessions>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<FirstAdminKey>();
        services.AddSingleton<IDeadLetters, DeadLetters>();
        services.AddSingleton<RequestGuard>();
        services.AddSingleton<EventTrails>();
        services.AddSingleton<ITellsOfEvents, TellOfReceipt>();
        services.AddSingleton<ITellsOfEvents, TellOfInsights>();
        services.AddSingleton<ITellsOfEvents, TellOfReportRow>();

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
