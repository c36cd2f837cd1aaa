"""Of later versions of the code, for tests of migrating the fleet."""
