using System.CommandLine;
using Crm.Hosts;

var urls = new Option<string>("--urls") { Description = "The address to listen on.", DefaultValueFactory = _ => "http://127.0.0.1:7071" };
var data = new Option<string>("--data") { Description = "The folder that holds everything.", DefaultValueFactory = _ => "data" };
var demo = new Option<bool>("--demo") { Description = "Send a few hundred signed webhooks of a made-up company, make the reports, print what to look at, and go on serving. Without --data, in a fresh temporary folder." };
var root = new RootCommand("Crm, embedded: the whole product in one process on SQLite.") { urls, data, demo };
root.SetAction((parsed, token) => EmbeddedRun.Run(
    new EmbeddedOptions(parsed.GetRequiredValue(urls), parsed.GetResult(data) is { Implicit: false } ? parsed.GetRequiredValue(data) : null, parsed.GetValue(demo)), token));
return await root.Parse(args).InvokeAsync();
