from . import (
    seal,
    volume,
    archive,
    number_mixin,
    numbers,
    scenario,
)
