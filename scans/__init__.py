from . import kinds, pdf_signatures, photographs, placing
