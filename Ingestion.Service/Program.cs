using Dunnhumby.Ingestion.Service;
using Dunnhumby.Ingestion.Service.Doors.Resumable;
using Dunnhumby.ServiceDefaults;

NativeHeaps.Limit();
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddIngestion();

var app = builder.Build();
// Before authentication: a preflight has no key, and a browser must be able to read a 401.
app.UseCors();
app.UseTusVersion();
app.MapDefaultEndpoints();
app.MapIngestion();
await app.RunAsync();

/// <summary>The service, for tests that host it.</summary>
public sealed partial class Program;
