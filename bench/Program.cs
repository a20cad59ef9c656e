using System.CommandLine;
using Crm.Bench.Figures;
using Crm.Bench.Searching;
using Crm.Bench.Servers;
using Crm.Bench.Size;

// Each figure is one file in Figures/ that builds its own command; name it here.
var root = new RootCommand("Measures Crm beside small baseline servers on the same machine in the same run.")
{
    IngestCommand.Build(),
    SizeCommand.Build(),
    SearchCommand.Build(),
    ImportCommand.Build(),
    IntentsCommand.Build(),
    ServeCommand.Build(),
};

return await root.Parse(args).InvokeAsync();
