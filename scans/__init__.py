from . import (
    archive,
    binding,
    kinds,
    names,
    pdf_signatures,
    photographs,
    placing,
)
