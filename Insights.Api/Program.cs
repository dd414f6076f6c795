using Dunnhumby.Insights.Api;
using Dunnhumby.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddInsights();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapInsights();
app.Run();
