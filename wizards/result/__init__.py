from . import notifying
