from hypothesis import settings

# Fractions of random sizes take random times; a deadline would only report a busy machine.
settings.register_profile("exact", deadline=None, max_examples=80)
settings.load_profile("exact")
