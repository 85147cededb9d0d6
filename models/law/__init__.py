from . import (
    law_mixin,
    regulation,
    regulation_section,
    paper_kind,
    holiday,
    fault,
)
