namespace Crm.Kernel;

/// <summary>The refusals that any route may give; a module adds its own beside its slice.</summary>
public static class Problems
{
    public static Problem Invalid(params IReadOnlyList<FieldError> errors) =>
        new(400, "/problems/invalid-request", "The request is not valid.", "See errors: each names a place and what was expected.") { Errors = errors };

    public static Problem MalformedJson(string detail, FieldError? at = null) =>
        new(400, "/problems/malformed-json", "The body is not JSON that can be read.", detail) { Errors = at is null ? null : [at] };

    public static Problem Unauthenticated() =>
        new(401, "/problems/unauthenticated", "A key is needed.", "Send an API key as 'Authorization: Bearer <key>' or 'X-Api-Key: <key>'.")
        { Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "Bearer realm=\"crm\"" } };

    public static Problem Forbidden(string role, string needed) =>
        new(403, "/problems/forbidden", "This key's role may not do that.", $"The key has the role {role}; this route needs {needed}.");

    public static Problem NotFound(string what) =>
        new(404, "/problems/not-found", "There is nothing at this address.", what);

    public static Problem MethodNotAllowed(string allow) =>
        new(405, "/problems/method-not-allowed", "This address does not take that method.", $"It takes {allow}.") { Headers = new Dictionary<string, string> { ["Allow"] = allow } };

    public static Problem Conflict(string detail) =>
        new(409, "/problems/conflict", "The request conflicts with what is there.", detail);

    public static Problem PreconditionFailed() =>
        new(412, "/problems/precondition-failed", "The document has changed.", "The ETag in If-Match is not the current one. Read it again and repeat the change on what you then see.")
        { Errors = [FieldError.Of("If-Match", "expected the current ETag")] };

    public static Problem TooLarge(long limit) =>
        new(413, "/problems/too-large", "The body is too large.", FormattableString.Invariant($"At most {limit} bytes are taken here."));

    public static Problem UnsupportedMediaType(string expected, string? actual) =>
        new(415, "/problems/unsupported-media-type", "The body has another content type than this route takes.", $"Expected {expected}, got {(string.IsNullOrEmpty(actual) ? "none" : actual.Length <= 100 ? actual : "another")}.")
        { Errors = [FieldError.Of("Content-Type", $"expected {expected}")] };

    public static Problem PreconditionRequired() =>
        new(428, "/problems/precondition-required", "This change needs If-Match.", "Without it, somebody else's change could be overwritten unseen. Send the ETag of the version you have read.")
        { Errors = [FieldError.Of("If-Match", "expected the ETag of the version you have read")] };

    public static Problem TooManyRequests(int perMinute, int retryAfter) =>
        new(429, "/problems/too-many-requests", "This key has used up its requests.", FormattableString.Invariant($"A key may make {perMinute} requests a minute. Try again after the time in Retry-After.")) { RetryAfter = retryAfter };

    public static Problem IdempotencyKeyReused() =>
        new(409, "/problems/idempotency-key-reused", "This Idempotency-Key was used for another request.", "The same key stands for the same method, address and body. Nothing was written.")
        { Errors = [FieldError.Of("Idempotency-Key", "expected a key that no other request of the last 24 hours had")] };

    public static Problem StillRunning(int retryAfter) =>
        new(409, "/problems/still-running", "The first request with this Idempotency-Key has not been answered yet.", "Try again after the time in Retry-After: the answer is then repeated.") { RetryAfter = retryAfter };

    public static Problem Internal() =>
        new(500, "/problems/internal", "Something went wrong on our side.", "The trace id finds it in the logs. Nothing was half written; trying again is safe.");

    public static Problem Unavailable(TimeSpan retryAfter) =>
        new(503, "/problems/unavailable", "The store cannot answer now.", "Nothing was written. Try again after the time in Retry-After.")
        { RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)) };
}
