from . import (
    document,
    legal_basis,
    deadline,
    campaign,
    question,
)
