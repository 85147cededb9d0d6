from . import (
    authority,
    party_body,
    unit,
    cadre,
    post,
    post_group,
    fact,
    member,
    res_company,
    res_users,
)
