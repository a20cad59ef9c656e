namespace Crm.Adapters.Sqlite;

/// <summary>The folder's store cannot be opened; the message is one line for the person who started the program.</summary>
public class CannotOpenStoreException : Exception
{
    public CannotOpenStoreException() { }

    public CannotOpenStoreException(string message) : base(message) { }

    public CannotOpenStoreException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>Another process, or another store in this one, has the folder.</summary>
public sealed class StoreInUseException : CannotOpenStoreException
{
    public StoreInUseException() { }

    public StoreInUseException(string message) : base(message) { }

    public StoreInUseException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>The store was written by a newer version of the program.</summary>
public sealed class StoreVersionException : CannotOpenStoreException
{
    public StoreVersionException() { }

    public StoreVersionException(string message) : base(message) { }

    public StoreVersionException(string message, Exception inner) : base(message, inner) { }
}
