from . import shared_edit_mixin
