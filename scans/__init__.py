from . import kinds, names, pdf_signatures, photographs, placing
