namespace Dunnhumby.SampleData.Planning;

/// <summary>Everything that is planned before the first row: it is small, and rows follow from it in any order.</summary>
internal sealed class Panel
{
    internal Panel(JourneyOptions options)
    {
        Options = options;
        var seed = options.Seed;
        Calendar = new ShoppingCalendar(seed, options.Weeks);
        Catalogue = new ProductCatalogue(seed, options.Scale);
        Stores = new StoreNetwork(seed, options.Scale);
        var factory = new HouseholdFactory(seed, options.Effects, Catalogue, Stores);
        var households = new Household[HouseholdFactory.CountAt(options.Scale)];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism };
        Parallel.For(0, households.Length, parallel, index => households[index] = factory.Make(index + 1));
        Households = households;
        Trips = new TripPlan(seed, households, Calendar, Stores, options.Parallelism);
        Promotions = new PromotionPlan(seed, Catalogue, options.Parallelism);
        Elasticities = new Elasticities(seed, options.Effects);
        var planner = new CampaignPlanner(seed, options.Effects, options.Scale, households, new CouponFactory(seed, Catalogue));
        Campaigns = planner.Plan(Calendar.LastDay);
        Running = new CampaignCalendar(Campaigns, households.Length);
        Complements = new ComplementPlan(seed, options.Effects, Catalogue);
    }

    internal JourneyOptions Options { get; }

    internal ShoppingCalendar Calendar { get; }

    internal ProductCatalogue Catalogue { get; }

    internal StoreNetwork Stores { get; }

    internal IReadOnlyList<Household> Households { get; }

    internal TripPlan Trips { get; }

    internal PromotionPlan Promotions { get; }

    internal Elasticities Elasticities { get; }

    internal IReadOnlyList<Campaign> Campaigns { get; }

    internal CampaignCalendar Running { get; }

    internal ComplementPlan Complements { get; }

    /// <summary>The days whose transactions are asked for.</summary>
    internal (int First, int Last) Days => (Options.Days?.First ?? 1, Math.Min(Options.Days?.Last ?? int.MaxValue, Calendar.LastDay));
}
