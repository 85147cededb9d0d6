from . import (
    export,
    importing,
)
