#pragma warning disable MA0182, CA1812 // Nobody uses these types: they stand here to be read.

namespace Dunnhumby.Architecture.Tests.Planted
{
    internal sealed class Marker;
}

namespace Dunnhumby.Architecture.Tests.Planted.ByField.Circle
{
    internal sealed record Owner(Home.Member Member);
}

namespace Dunnhumby.Architecture.Tests.Planted.ByField.Home
{
    internal sealed record Member(Circle.Owner[]? Owners);
}

namespace Dunnhumby.Architecture.Tests.Planted.ByCall.Circle
{
    internal static class Owner
    {
        internal static int Count { get; set; }

        internal static int Ask() => Home.Member.Answer();
    }
}

namespace Dunnhumby.Architecture.Tests.Planted.ByCall.Home
{
    internal static class Member
    {
        internal static int Answer() => Circle.Owner.Count;
    }
}

namespace Dunnhumby.Architecture.Tests.Planted.ByTypeArgument.Circle
{
    internal sealed class Owner
    {
        internal static string Of() => typeof(Home.Member).Name;
    }
}

namespace Dunnhumby.Architecture.Tests.Planted.ByTypeArgument.Home
{
    internal sealed class Member
    {
        internal static object Owners() => new Dictionary<string, List<Circle.Owner>>(StringComparer.Ordinal);
    }
}

namespace Dunnhumby.Architecture.Tests.Planted.ByAttribute.Circle
{
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class OwnerAttribute : Attribute;

    internal sealed class Owner : Home.Member;
}

namespace Dunnhumby.Architecture.Tests.Planted.ByAttribute.Home
{
    [Circle.Owner]
    internal class Member;
}

namespace Dunnhumby.Architecture.Tests.Planted.ByLambda.Circle
{
    internal static class Owner
    {
        internal static bool IsOne(object one) => one is Home.Member;
    }
}

namespace Dunnhumby.Architecture.Tests.Planted.ByLambda.Home
{
    internal sealed class Member
    {
        internal static Func<object, bool> Ask(int at) => one => at > 0 && Circle.Owner.IsOne(one);
    }
}

namespace Dunnhumby.Architecture.Tests.Planted.OverThree.First
{
    internal sealed record One(Second.Two Two);
}

namespace Dunnhumby.Architecture.Tests.Planted.OverThree.Second
{
    internal sealed record Two(Third.Three Three);
}

namespace Dunnhumby.Architecture.Tests.Planted.OverThree.Third
{
    internal sealed record Three(Func<First.One> One);
}

namespace Dunnhumby.Architecture.Tests.Planted.OneWay.Top
{
    internal sealed record One(Middle.Two Two, Bottom.Three Three);
}

namespace Dunnhumby.Architecture.Tests.Planted.OneWay.Middle
{
    internal sealed record Two(int Number);
}

namespace Dunnhumby.Architecture.Tests.Planted.OneWay.Bottom
{
    internal sealed record Three(int Number);
}
