using Dunnhumby.ServiceDefaults;
using Dunnhumby.Transform.Worker;
using Dunnhumby.Transform.Worker.Lineage;
using Dunnhumby.Transform.Worker.Lines;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Schedules;

if (args is [TableReference.Command])
{
    Console.Write(TableReference.Markdown());
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTransform();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapRuns();
app.MapSchedules();
app.MapVersions();
app.MapLines();
app.Run();
