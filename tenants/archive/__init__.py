"""What an area takes along when it leaves: everything, in forms that are read without us."""
