using Dunnhumby.Dashboard.Web;
using Dunnhumby.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
// Styles, scripts and package assets are found from the build output too, in every environment.
builder.WebHost.UseStaticWebAssets();
builder.AddServiceDefaults();
builder.AddDashboard();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapDashboard();
app.Run();
