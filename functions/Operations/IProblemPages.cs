using Crm.Kernel;
using Microsoft.AspNetCore.Http;

namespace Crm.Operations;

/// <summary>Tells a person in a browser what a program would be told as a problem. Console answers.</summary>
public interface IProblemPages
{
    /// <summary>Whether a page is wanted: a browser shows the console, anything else is a program.</summary>
    bool AreFor(HttpContext http);

    Task Write(HttpContext http, Problem problem);
}
