namespace Dunnhumby.SignIn.Provider;

/// <summary>Started by hand, for a look at a whole application: <c>--Pages</c> is where people come back to, <c>--Urls</c> where this listens, <c>--AccessTokens</c> how long they are good.</summary>
internal static class Start
{
    private static async Task Main(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
        await using var provider = await PeopleProvider.StartAsync(
            new Uri(configuration["Pages"] ?? "http://localhost:5100"),
            configuration.GetValue<TimeSpan?>("AccessTokens"),
            configuration["Urls"] ?? "http://127.0.0.1:5300");
        Console.WriteLine($"The provider listens on {provider.Address}. Client {PeopleProvider.ClientId}, secret {PeopleProvider.ClientSecret}; people: {string.Join(", ", provider.People.Values.Select(person => $"{person.UserName}/{person.Password}"))}");
        await provider.WaitForShutdownAsync();
    }
}
