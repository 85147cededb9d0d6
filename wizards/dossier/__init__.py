from . import campaign_opening_wizard
