from . import (
    cap,
    roll,
    session,
    decision,
    notice,
    objection,
    order,
    plan,
    history,
    past_result,
)
