from . import urging_preview
