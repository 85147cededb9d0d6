from . import (
    first_steps,
    assigning,
)
