"""The live stream: what the journal of an area tells, to whoever listens, as it is written."""
