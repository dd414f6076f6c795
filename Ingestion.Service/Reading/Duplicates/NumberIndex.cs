namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>Gives each of at most <see cref="MaxNumbers"/> numbers a position of its own, in order of first appearance. Open addressing; remembers the last number, since files are mostly sorted.</summary>
internal sealed class NumberIndex
{
    /// <summary>Forty times the products of the original; 64 MB.</summary>
    internal const int MaxNumbers = 1 << 22;

    private const int FirstSlots = 1 << 10;
    private const uint Spread = 0x9E3779B1;

    private int[] _numbers = new int[FirstSlots];

    // 0 is free; otherwise the position plus one.
    private int[] _positions = new int[FirstSlots];
    private int _count;
    private int _lastNumber = -1;
    private int _lastPosition;

    /// <summary>False when there is no position left for a new number.</summary>
    internal bool TryOf(int number, out int position)
    {
        if (number == _lastNumber)
        {
            position = _lastPosition;
            return true;
        }

        var slot = Slot(number);
        if (_positions[slot] == 0)
        {
            if (_count == MaxNumbers)
            {
                position = -1;
                return false;
            }

            if (_count * 2 >= _numbers.Length)
            {
                Grow();
                slot = Slot(number);
            }

            _numbers[slot] = number;
            _positions[slot] = ++_count;
        }

        _lastNumber = number;
        _lastPosition = _positions[slot] - 1;
        position = _lastPosition;
        return true;
    }

    private int Slot(int number)
    {
        var mask = _numbers.Length - 1;
        var slot = (int)((unchecked((uint)number * Spread) >> 8) & (uint)mask);
        while (_positions[slot] != 0 && _numbers[slot] != number)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var numbers = _numbers;
        var positions = _positions;
        _numbers = new int[numbers.Length * 2];
        _positions = new int[numbers.Length * 2];
        for (var index = 0; index < numbers.Length; index++)
        {
            if (positions[index] != 0)
            {
                var slot = Slot(numbers[index]);
                _numbers[slot] = numbers[index];
                _positions[slot] = positions[index];
            }
        }
    }
}
