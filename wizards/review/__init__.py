from . import (
    keying,
    suggesting,
)
