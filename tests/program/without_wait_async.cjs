// An engine without it, such as Firefox before 145.
delete Atomics.waitAsync;
