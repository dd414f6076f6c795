using Dunnhumby.SampleData.CommandLine;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
return await GeneratorCommand.RunAsync(args, stopping.Token);
