from . import (
    regulation_override,
    regulation_supersede,
)
