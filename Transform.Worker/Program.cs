using Dunnhumby.ServiceDefaults;
using Dunnhumby.Transform.Worker;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTransform();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
