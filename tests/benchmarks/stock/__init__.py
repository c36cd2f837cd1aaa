"""The yardstick of target 5: the project that the packages' own tutorials lead to."""
