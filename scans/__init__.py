from . import (
    archive,
    binding,
    confined,
    kinds,
    names,
    pdf_files,
    pdf_signatures,
    photographs,
    placing,
    weighing,
)
