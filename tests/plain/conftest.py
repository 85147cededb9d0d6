from hypothesis import settings

# the same examples in every run, on however slow a machine
settings.register_profile("workshop", derandomize=True, deadline=None, database=None)
settings.load_profile("workshop")
