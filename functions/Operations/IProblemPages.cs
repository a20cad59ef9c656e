using Crm.Kernel;
using Microsoft.AspNetCore.Http;

namespace Crm.Operations;

/// <summary>Tells a person in a browser what a program would be told as a problem. Console answers.</summary>
public interface IProblemPages
{
    Task Write(HttpContext http, Problem problem);
}
