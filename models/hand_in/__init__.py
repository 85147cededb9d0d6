from . import (
    paper_file,
    paper_check,
    ir_attachment,
    request,
    round,
    delivery,
    delay,
    extension,
    receipt,
    register,
    handover,
)
