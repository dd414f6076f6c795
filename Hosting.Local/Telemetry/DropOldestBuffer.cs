namespace Dunnhumby.Hosting.Local.Telemetry;

/// <summary>A queue that grows as needed and is read by index, oldest first. Not thread-safe.</summary>
internal sealed class DropOldestBuffer<T>
{
    private T[] _items = [];
    private int _head;

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[(_head + index) % _items.Length];

    public ref T Last => ref this[Count - 1];

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            var grown = new T[Math.Max(4, Count * 2)];
            CopyTo(grown);
            _items = grown;
            _head = 0;
        }

        Count++;
        Last = item;
    }

    public T DropOldest()
    {
        var oldest = _items[_head];
        // Lets the collector have it.
        _items[_head] = default!;
        _head = (_head + 1) % _items.Length;
        Count--;
        return oldest;
    }

    public void Clear()
    {
        _items = [];
        _head = 0;
        Count = 0;
    }

    public T[] ToArray()
    {
        var copy = new T[Count];
        CopyTo(copy);
        return copy;
    }

    private void CopyTo(T[] target)
    {
        var untilEnd = Math.Min(Count, _items.Length - _head);
        Array.Copy(_items, _head, target, 0, untilEnd);
        Array.Copy(_items, 0, target, untilEnd, Count - untilEnd);
    }
}
