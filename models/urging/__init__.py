from . import (
    step,
    reminder,
    unit_urging,
    member_urging,
    campaign_urging,
    dossier_urging,
    urging_run,
    urging_words,
    plan_urging,
    ir_mail_server,
    mail_template,
)
