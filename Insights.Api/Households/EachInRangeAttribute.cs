using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Insights.Api.Households;

/// <summary>Every number of a repeatable parameter lies in a range, both ends included.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachInRangeAttribute(int minimum, int maximum) : ValidationAttribute
{
    public int Minimum => minimum;

    public int Maximum => maximum;

    public override bool IsValid(object? value) => value is not int[] numbers || Array.TrueForAll(numbers, number => number >= minimum && number <= maximum);
}
