// A service that tells who it is.
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/health", () => "Healthy");
app.MapGet("/id", () => Environment.ProcessId);
app.Run();
