from . import move_reason
