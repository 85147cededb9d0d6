from odoo import SUPERUSER_ID, api

RULE = "cadre_review.cadre_review_rating_rule_standing_read"
# as the rule named it → as the rating keeps it
KEPT = {
    "campaign_id.owner_id.decider_user_ids": "owner_id.decider_user_ids",
    "dossier_id.state": "dossier_state",
}


def migrate(cr, version):
    """The same right, read from the rating; rules are noupdate, so their file does
    not write it."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref(RULE, raise_if_not_found=False)
    if rule:
        domain = rule.domain_force
        for old, new in KEPT.items():
            domain = domain.replace(f"'{old}'", f"'{new}'")
        rule.domain_force = domain
